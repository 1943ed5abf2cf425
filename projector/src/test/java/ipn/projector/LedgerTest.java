package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.paying;
import static ipn.projector.Payments.payment;
import static ipn.projector.Payments.renewal;
import static ipn.projector.Payments.renewals;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DisputeStatus;
import ipn.avro.InvoiceStatus;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentState;
import ipn.avro.Posting;
import ipn.avro.Totals;
import ipn.projector.ledger.Balances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ledger, as payments become known; days are those of the gateway's clock. */
class LedgerTest extends WithProjection {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant NEXT_DAY = NOON.plus(Duration.ofDays(1));
    private static final String CLEARING = "clearing/stripe/main USD 2026-09-01";

    private final List<LedgerEntry> entries = new ArrayList<>();

    @Test
    void a_capture_that_matches_is_revenue_and_the_gateway_owes_it_less_its_fee() {
        projection.applied(post(2500, 0, 0, 90));
        assertThat(balances())
                .isEqualTo(Map.of(
                        CLEARING, 2410L, "fees USD 2026-09-01", 90L, "revenue USD promoted-post 2026-09-01", -2500L));
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.getEntryId()).isEqualTo(key("pi_1/1"));
            assertThat(entry.getCause().getEventKey()).isEqualTo("stripe/main/evt_1");
            assertThat(entry.getPolicyVersion()).isEqualTo("v1");
            assertThat(entry.getTest()).isFalse();
            assertThat(entry.getLines())
                    .extracting(Posting::getAccount)
                    .containsExactly("clearing/stripe/main", "fees", "revenue");
        });
    }

    @Test
    void a_fee_that_is_known_later_is_an_entry_of_its_own_and_a_repetition_is_none() {
        projection.applied(post(2500, 0, 0, 0)).applied(post(2500, 0, 0, 90)).applied(post(2500, 0, 0, 90));
        assertThat(balances()).containsEntry(CLEARING, 2410L).containsEntry("fees USD 2026-09-01", 90L);
        assertThat(entries).hasSize(2);
    }

    @Test
    void a_partial_refund_is_booked_to_the_product_on_the_day_it_was_made() {
        projection.applied(post(2500, 0, 0, 0)).applied(post(2500, 1000, 0, 0).setRefundedAt(NEXT_DAY));
        assertThat(balances())
                .isEqualTo(Map.of(
                        CLEARING,
                        2500L,
                        "clearing/stripe/main USD 2026-09-02",
                        -1000L,
                        "refunds USD promoted-post 2026-09-02",
                        1000L,
                        "revenue USD promoted-post 2026-09-01",
                        -2500L));
    }

    @Test
    void a_dispute_that_is_lost_costs_what_was_paid() {
        projection
                .applied(post(2500, 0, 0, 0))
                .applied(post(2500, 0, 2500, 0)
                        .setDisputeStatus(DisputeStatus.LOST)
                        .setDisputedAt(NEXT_DAY));
        assertThat(balances())
                .isEqualTo(Map.of(
                        CLEARING,
                        2500L,
                        "clearing/stripe/main USD 2026-09-02",
                        -2500L,
                        "disputes USD promoted-post 2026-09-02",
                        2500L,
                        "revenue USD promoted-post 2026-09-01",
                        -2500L));
    }

    @Test
    void a_refund_before_its_capture_waits_unmatched_and_ends_in_the_same_balances() {
        projection.applied(post(0, 2500, 0, 0).setCapturedAt(null).setRefundedAt(NEXT_DAY));
        assertThat(balances())
                .isEqualTo(Map.of("unmatched USD 2026-09-02", 2500L, "clearing/stripe/main USD 2026-09-02", -2500L));
        projection.applied(post(2500, 2500, 0, 0).setRefundedAt(NEXT_DAY));
        assertThat(balances())
                .isEqualTo(Map.of(
                        CLEARING,
                        2500L,
                        "clearing/stripe/main USD 2026-09-02",
                        -2500L,
                        "refunds USD promoted-post 2026-09-02",
                        2500L,
                        "revenue USD promoted-post 2026-09-01",
                        -2500L));
    }

    @Test
    void an_invoice_counts_only_as_far_as_the_payment_that_pays_it_took_money() {
        projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
        assertThat(balances()).isEmpty();

        projection.applied(paying(captured("pi_1", NOON, 500, 0), "in_1"));
        assertThat(balances()).isEqualTo(Map.of(CLEARING, 500L, "revenue USD premium 2026-09-01", -500L));

        projection.applied(paying(captured("pi_1", NOON, 800, 800).setRefundedAt(NEXT_DAY), "in_1"));
        assertThat(balances())
                .isEqualTo(Map.of(
                        CLEARING,
                        800L,
                        "clearing/stripe/main USD 2026-09-02",
                        -800L,
                        "refunds USD premium 2026-09-02",
                        800L,
                        "revenue USD premium 2026-09-01",
                        -800L));
        assertThat(entries).extracting(LedgerEntry::getPaymentKey).contains(key("pi_1"), key("in_1"));
    }

    @Test
    void what_does_not_match_stays_unmatched_until_it_does() {
        projection.applied(captured("pi_1", NOON, 2500, 0));
        assertThat(balances()).isEqualTo(Map.of(CLEARING, 2500L, "unmatched USD 2026-09-01", -2500L));

        projection.applied(post(2500, 0, 0, 0));
        assertThat(balances()).isEqualTo(Map.of(CLEARING, 2500L, "revenue USD promoted-post 2026-09-01", -2500L));
    }

    @Test
    void each_of_several_invoices_under_one_key_has_its_own_days() {
        var several = renewals(
                renewal("t_1", NOON, OCTOBER)
                        .setRefunded(300)
                        .setRefundedAt(NEXT_DAY)
                        .setDisputeStatus(DisputeStatus.LOST)
                        .setDisputedAt(OCTOBER),
                renewal("t_2", OCTOBER, NOVEMBER));
        projection.applied(several.setCapturedAt(NOON)
                .setRefundedAt(NEXT_DAY)
                .setDisputedAt(OCTOBER)
                .setTotals(List.of(new Totals("USD", 0L, 1600L, 300L, 0L, 500L, 0L))));
        assertThat(balances())
                .isEqualTo(Map.of(
                        CLEARING,
                        800L,
                        "clearing/stripe/main USD 2026-09-02",
                        -300L,
                        "clearing/stripe/main USD 2026-10-01",
                        300L,
                        "refunds USD premium 2026-09-02",
                        300L,
                        "disputes USD premium 2026-10-01",
                        500L,
                        "revenue USD premium 2026-09-01",
                        -800L,
                        "revenue USD premium 2026-10-01",
                        -800L));
    }

    @Test
    void test_money_is_marked_and_moves_as_a_whole_when_its_account_turns_out_to_be_live() {
        projection.applied(post(2500, 0, 0, 0).setLive(false));
        projection.applied(post(2500, 0, 0, 0));
        balances();
        assertThat(entries).extracting(LedgerEntry::getTest).containsExactly(true, true, false);
        assertThat(Balances.of(entries.subList(0, 2))).isEmpty();
    }

    private static PaymentState.Builder post(long taken, long refunded, long lost, long fees) {
        return payment("pi_1")
                .setTotals(List.of(new Totals("USD", 0L, taken, refunded, 0L, lost, fees)))
                .setCapturedAt(NOON)
                .setReferences(Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_7"));
    }

    /** Of all entries so far. */
    private Map<String, Long> balances() {
        entries.addAll(projection.ledger());
        return Balances.of(entries);
    }
}
