package ipn.projector.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.avro.Cause;
import ipn.avro.DisputeStatus;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.Posting;
import ipn.avro.Totals;
import ipn.projector.ledger.LedgerRules.BookingKey;
import ipn.projector.ledger.LedgerRules.Result;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerRulesTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-01");
    private static final BookingKey ORDER = new BookingKey("order-1", "order-1", false);
    private static final Result NOTHING = new Result(List.of(), 0, List.of());
    private static final LedgerRules RULES =
            new LedgerRules("v1", new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false), Instant.EPOCH);

    @Test
    void an_order_without_cash_of_its_own_books_what_the_money_of_its_payers_is_for() {
        var postings = new PostingSet();
        new RevenuePostings(List.of(premium(800), premium(800)), List.of(payer("pi_1", 800), payer("pi_2", 300)))
                .addTo(postings);
        var result = RULES.post(ORDER, NOTHING, postings);
        assertThat(Balances.of(result.entries()))
                .isEqualTo(Map.of("unmatched USD 2026-09-01", 1100L, "revenue USD premium 2026-09-01", -1100L));
        assertThat(result.entries()).extracting(LedgerEntry::getOrder).containsExactly("order-1");

        var again = RULES.post(ORDER, new Result(result.posted(), result.count(), List.of()), new PostingSet());
        assertThat(again.posted()).isEmpty();
        assertThat(again.entries()).extracting(LedgerEntry::getEntryId).containsExactly("order-1/2");
    }

    @Test
    void an_entry_that_does_not_balance_cannot_be_built() {
        var unbalanced = new Result(List.of(new Posting("revenue", "USD", "premium", DAY, -800L)), 1, List.of());
        assertThatThrownBy(() -> RULES.post(ORDER, unbalanced, new PostingSet()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lines: add up to {USD on 2026-09-01=800} (expected: zero in each currency and day)");
    }

    @Test
    void a_day_that_no_calendar_has_is_the_next_one_known() {
        var noon = Instant.parse("2026-09-01T12:00:00Z");
        assertThat(LedgerDays.firstKnown(null, Instant.MAX, noon)).isEqualTo(DAY);
        assertThat(LedgerDays.firstKnown(Instant.MIN)).isEqualTo(LedgerDays.UNKNOWN);
    }

    private static RevenueRecognition premium(long paid) {
        return new RevenueRecognition("premium", "USD", paid, 0, 0, DAY, DAY, DAY);
    }

    private static PaymentState payer(String id, long captured) {
        return PaymentState.newBuilder()
                .setPaymentKey("stripe/main/" + id)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of(new Totals("USD", 0L, captured, 0L, 0L, 0L, 0L)))
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
    }
}
