package ipn.projector.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.avro.Cause;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentState;
import ipn.avro.Posting;
import ipn.avro.Totals;
import ipn.projector.ledger.Books.Place;
import ipn.projector.ledger.Books.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BooksTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-01");
    private static final Place ORDER = new Place("order-1", "order-1", false);
    private static final Step NOTHING = new Step(List.of(), 0, List.of());
    private static final Books BOOKS =
            new Books("v1", new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false), Instant.EPOCH);

    @Test
    void a_place_without_cash_of_its_own_tells_what_the_money_of_others_is_for() {
        var sheet = new Sheet();
        new Recognitions(List.of(premium(800), premium(800)), List.of(payer("pi_1", 800), payer("pi_2", 300)))
                .into(sheet);
        var step = BOOKS.tell(ORDER, NOTHING, sheet);
        assertThat(Balances.of(step.entries()))
                .isEqualTo(Map.of("unmatched USD 2026-09-01", 1100L, "revenue USD premium 2026-09-01", -1100L));
        assertThat(step.entries()).extracting(LedgerEntry::getOrder).containsExactly("order-1");

        var again = BOOKS.tell(ORDER, new Step(step.posted(), step.count(), List.of()), new Sheet());
        assertThat(again.posted()).isEmpty();
        assertThat(again.entries()).extracting(LedgerEntry::getEntryId).containsExactly("order-1/2");
    }

    @Test
    void an_entry_that_does_not_balance_cannot_be_built() {
        var told = new Step(List.of(new Posting("revenue", "USD", "premium", DAY, -800L)), 1, List.of());
        assertThatThrownBy(() -> BOOKS.tell(ORDER, told, new Sheet()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lines: add up to {USD on 2026-09-01=800} (expected: zero in each currency and day)");
    }

    @Test
    void a_day_that_no_calendar_has_is_the_next_one_known() {
        var noon = Instant.parse("2026-09-01T12:00:00Z");
        assertThat(Days.of(null, Instant.MAX, noon)).isEqualTo(DAY);
        assertThat(Days.of(Instant.MIN)).isEqualTo(Days.UNKNOWN);
    }

    private static Recognition premium(long paid) {
        return new Recognition("premium", "USD", paid, 0, 0, DAY, DAY, DAY);
    }

    private static PaymentState payer(String id, long captured) {
        return PaymentState.newBuilder()
                .setPaymentKey("stripe/main/" + id)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus("COMPLETED")
                .setDisputeStatus("NONE")
                .setFraudFlagged(false)
                .setTotals(List.of(new Totals("USD", 0L, captured, 0L, 0L, 0L, 0L)))
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
    }
}
