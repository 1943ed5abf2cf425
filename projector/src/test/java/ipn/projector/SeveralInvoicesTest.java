package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.paying;
import static ipn.projector.Payments.renewal;
import static ipn.projector.Payments.renewals;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** App stores keep every renewal of a subscription under one payment key. */
class SeveralInvoicesTest extends WithProjection {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T12:00:00Z");

    @Test
    void each_is_a_period_and_extends_access_without_a_moment_in_between() {
        projection
                .applied(renewals(first()))
                .applied(renewals(first(), second()))
                .applied(renewals(first(), second(), third()));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getFrom, EntitlementEvent::getUntil)
                .containsExactly(
                        tuple(EntitlementEventType.GRANTED, NOON, OCTOBER),
                        tuple(EntitlementEventType.EXTENDED, NOON, NOVEMBER),
                        tuple(EntitlementEventType.EXTENDED, NOON, DECEMBER));
        assertThat(projection.discrepancies()).isEmpty();
    }

    @Test
    void a_refund_of_one_ends_that_period_and_no_other() {
        projection.applied(renewals(first(), second(), third()));
        projection.applied(renewals(first(), refunded(second()), third()));
        projection.applied(renewals(first(), refunded(second()), refunded(third())));
        projection.applied(renewals(refunded(first()), refunded(second()), refunded(third())));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getUntil, EntitlementEvent::getReason)
                .endsWith(
                        tuple(EntitlementEventType.EXTENDED, DECEMBER, AccessReason.PAID),
                        tuple(EntitlementEventType.REDUCED, OCTOBER, AccessReason.PAID),
                        tuple(EntitlementEventType.REVOKED, NOVEMBER.plusSeconds(60), AccessReason.REFUNDED));
    }

    @Test
    void a_refund_of_a_part_ends_none() {
        projection.applied(renewals(first(), second()));
        var before = projection.events().size();
        projection.applied(renewals(first().setRefunded(400).setRefundedAt(NOON), second()));
        assertThat(before).isPositive();
        assertThat(projection.events()).isEmpty();
    }

    @Test
    void one_that_replaces_the_running_one_leaves_no_moment_without_access() {
        projection.applied(renewals(first()));
        projection.applied(renewals(refunded(first()), renewal("t_2", NOON.plusSeconds(60), NOVEMBER)));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getStatus, EntitlementEvent::getUntil)
                .startsWith(tuple(EntitlementStatus.ACTIVE, OCTOBER), tuple(EntitlementStatus.ACTIVE, NOVEMBER))
                .allSatisfy(event -> assertThat(event.toList().get(0)).isEqualTo(EntitlementStatus.ACTIVE));
    }

    @Test
    void a_dispute_of_one_suspends_until_that_period_has_passed() {
        projection.applied(renewals(
                first().setDisputeStatus(DisputeStatus.OPEN).setDisputedAt(NOON.plusSeconds(60)), second(), third()));
        projection.pass(Duration.between(NOON, OCTOBER.plusSeconds(1)));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getUntil)
                .endsWith(
                        tuple(EntitlementEventType.SUSPENDED, DECEMBER), tuple(EntitlementEventType.RESUMED, DECEMBER));
    }

    @Test
    void one_that_failed_beside_paid_ones_gives_grace() {
        projection.applied(renewals(first(), second()));
        projection.pass(Duration.between(NOON, NOVEMBER.plusSeconds(1)));
        projection.applied(renewals(
                first(), second(), third().setStatus(InvoiceStatus.FAILED).setPaid(0)));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getStatus, EntitlementEvent::getReason)
                .endsWith(
                        tuple(EntitlementStatus.ACTIVE, AccessReason.PAID),
                        tuple(EntitlementStatus.GRACE, AccessReason.AWAITING_RENEWAL),
                        tuple(EntitlementStatus.GRACE, AccessReason.PAYMENT_FAILED));
    }

    @Test
    void the_subscription_under_the_same_key_ends_them_all() {
        projection.applied(renewals(first(), second()));
        projection.applied(renewals(first(), second())
                .setSubscription(Subscription.newBuilder()
                        .setStatus(SubscriptionStatus.EXPIRED)
                        .setAt(OCTOBER.plusSeconds(60))
                        .build()));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getReason)
                .endsWith(
                        tuple(EntitlementEventType.EXTENDED, AccessReason.PAID),
                        tuple(EntitlementEventType.REVOKED, AccessReason.EXPIRED));
    }

    @Test
    void each_is_for_the_product_it_paid_the_price_of() {
        var upgraded = renewals(
                first().setRefunded(700),
                renewal("t_2", NOON.plusSeconds(60), DECEMBER).setPaid(2500));
        upgraded.setReferences(Map.of("subject", "u_42", "reference", "post_7"))
                .setSkus(List.of("premium_monthly", "promoted-post"));
        projection.applied(upgraded);
        assertThat(projection.events())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getProduct)
                .containsExactlyInAnyOrder(tuple("premium", "premium"), tuple("promotion", "promoted-post"));
        assertThat(projection.discrepancies()).isEmpty();
    }

    @Test
    void what_pays_the_key_as_a_whole_counts_for_the_one_paid_last() {
        projection.applied(renewals(first(), second()));
        projection.applied(paying(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON), "sub_1"));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getUntil)
                .endsWith(tuple(EntitlementEventType.REDUCED, OCTOBER));
    }

    @Nested
    class Money_that_does_not_match {
        private final Invoice.Builder cheap = second().setPaid(100);

        @Test
        void of_one_is_one_discrepancy_and_leaves_the_others() {
            projection.applied(renewals(first(), cheap, third()));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus, EntitlementEvent::getUntil)
                    .endsWith(tuple(EntitlementStatus.ACTIVE, DECEMBER));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getDiscrepancyId, Discrepancy::getState, Discrepancy::getActual)
                    .containsExactly(
                            tuple("UNDERPAID/" + key("sub_1") + ",invoice=t_2", DiscrepancyState.OPEN, "1.00 USD"));
        }

        @Test
        void of_two_is_two_and_each_closes_by_itself() {
            projection.applied(renewals(first().setPaid(900), cheap, third()));
            projection.applied(renewals(first().setPaid(900), second(), third()));
            projection.applied(renewals(first(), second(), third()));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getDiscrepancyId, Discrepancy::getState)
                    .containsExactly(
                            tuple("OVERPAID/" + key("sub_1") + ",invoice=t_1", DiscrepancyState.OPEN),
                            tuple("UNDERPAID/" + key("sub_1") + ",invoice=t_2", DiscrepancyState.OPEN),
                            tuple("UNDERPAID/" + key("sub_1") + ",invoice=t_2", DiscrepancyState.CLOSED),
                            tuple("OVERPAID/" + key("sub_1") + ",invoice=t_1", DiscrepancyState.CLOSED));
        }

        @Test
        void of_an_only_invoice_is_named_by_the_payment_key_alone() {
            projection.applied(renewals(cheap));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getDiscrepancyId)
                    .containsExactly("UNDERPAID/" + key("sub_1"));
        }

        @Test
        void for_all_of_them_alike_is_reported_once() {
            projection.applied(renewals(first(), second(), third()).setReferences(Map.of()));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getDiscrepancyId)
                    .containsExactly("NO_SUBJECT/" + key("sub_1"));
        }
    }

    private static Invoice.Builder first() {
        return renewal("t_1", NOON, OCTOBER);
    }

    private static Invoice.Builder second() {
        return renewal("t_2", OCTOBER, NOVEMBER);
    }

    private static Invoice.Builder third() {
        return renewal("t_3", NOVEMBER, DECEMBER);
    }

    private static Invoice.Builder refunded(Invoice.Builder invoice) {
        return invoice.setRefunded(800).setRefundedAt(invoice.getFrom().plusSeconds(60));
    }
}
