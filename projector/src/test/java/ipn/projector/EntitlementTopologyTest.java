package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.paying;
import static ipn.projector.Payments.subscription;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.InvoiceStatus;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.PaymentState;
import ipn.avro.SubscriptionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EntitlementTopologyTest extends WithProjection {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void a_subscription_payment_grants_until_the_periods_end_and_a_renewal_extends() {
        projection
                .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                .applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getUntil, EntitlementEvent::getRevision)
                .containsExactly(
                        tuple(EntitlementEventType.GRANTED, OCTOBER, 1L),
                        tuple(EntitlementEventType.EXTENDED, NOVEMBER, 2L));
        assertThat(projection.states()).containsOnlyKeys("u_42/premium");
    }

    @Test
    void every_event_names_its_cause_down_to_the_raw_record_and_the_policy_that_decided() {
        projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
        var event = projection.events().get(0);
        assertThat(event.getCause().getEventKey()).isEqualTo("stripe/main/evt_1");
        assertThat(event.getCause().getTopic()).isEqualTo("ipn.raw");
        assertThat(event.getCause().getPartition()).isEqualTo(3);
        assertThat(event.getCause().getOffset()).isEqualTo(1);
        assertThat(event.getPolicyVersion()).isEqualTo("v1");
        assertThat(event.getPaymentKey()).isEqualTo(key("in_1"));
    }

    @Test
    void what_changes_nothing_emits_nothing() {
        projection
                .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
        projection.applied(subscription(SubscriptionStatus.ACTIVE, NOON));
        assertThat(projection.events()).hasSize(1);
    }

    @Test
    void ids_with_slashes_do_not_mix_the_entitlements_of_two_subjects() {
        projection.applied(promoted("pi_1", "u", "x/promotion/y", 0));
        projection.applied(promoted("pi_2", "u/promotion/x", "y", 0));
        projection.applied(promoted("pi_1", "u", "x/promotion/y", 2500));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getSubject, EntitlementEvent::getType)
                .containsExactly(
                        tuple("u", EntitlementEventType.GRANTED),
                        tuple("u/promotion/x", EntitlementEventType.GRANTED),
                        tuple("u", EntitlementEventType.REVOKED));
        assertThat(projection.states())
                .containsOnlyKeys("u/promotion/x%2Fpromotion%2Fy", "u%2Fpromotion%2Fx/promotion/y");
    }

    private static PaymentState.Builder promoted(String payment, String subject, String post, long refunded) {
        var state = captured(payment, NOON, 2500, refunded)
                .setReferences(Map.of("subject", subject, "product", "promoted-post", "reference", post));
        return refunded == 0 ? state : state.setRefundedAt(NOON);
    }

    @Nested
    class A_payment_counts_for_what_it_pays {
        private final PaymentState.Builder paid = paying(captured("pi_1", NOON, 800, 0), "in_1");
        private final PaymentState.Builder refunded =
                paying(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON.plusSeconds(60)), "in_1");

        @Test
        void so_a_refund_that_knows_only_its_payment_ends_the_right_period() {
            projection
                    .applied(paid)
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(refunded);
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getReason)
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, AccessReason.PAID),
                            tuple(EntitlementEventType.REVOKED, AccessReason.REFUNDED));
            assertThat(projection.discrepancies()).isEmpty();
        }

        @Test
        void whichever_came_first() {
            projection.applied(refunded).applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus)
                    .containsExactly(EntitlementStatus.ENDED);
        }

        @Test
        void also_when_only_the_invoice_knows_of_the_link() {
            var invoice = invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER);
            invoice.setLinks(List.of(new Link(LinkKind.PAID_BY, key("pi_1"))));
            projection.applied(invoice).applied(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON.plusSeconds(60)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED, EntitlementEventType.REVOKED);
        }

        @Test
        void even_when_the_payment_was_known_long_before_the_link() {
            projection.applied(captured("pi_1", NOON, 800, 0));
            var invoice = invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER);
            projection.applied(invoice.setLinks(List.of(new Link(LinkKind.PAID_BY, key("pi_1")))));
            projection.applied(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON.plusSeconds(60)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus)
                    .endsWith(EntitlementStatus.ENDED);
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getState)
                    .containsExactly(DiscrepancyState.OPEN, DiscrepancyState.CLOSED);
        }

        @Test
        void at_once_when_nothing_comes_after_the_link() {
            projection.applied(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON.plusSeconds(60)));
            var invoice = invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER);
            projection.applied(invoice.setLinks(List.of(new Link(LinkKind.PAID_BY, key("pi_1")))));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus)
                    .endsWith(EntitlementStatus.ENDED);
        }

        @Test
        void and_a_refund_of_one_period_leaves_the_others() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
            projection.applied(paying(captured("pi_2", OCTOBER, 800, 800).setRefundedAt(OCTOBER), "in_2"));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getUntil)
                    .endsWith(tuple(EntitlementEventType.REDUCED, OCTOBER));
        }

        @Test
        void money_that_pays_an_invoice_claims_nothing_by_itself() {
            projection.applied(paid);
            assertThat(projection.events()).isEmpty();
            assertThat(projection.discrepancies()).isEmpty();
        }
    }

    @Nested
    class Suspend_is_not_revoke {
        @Test
        void a_failed_renewal_gives_grace_then_expires() {
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            projection.pass(Duration.between(NOON, OCTOBER.plusSeconds(1)));
            projection
                    .applied(invoice("in_2", InvoiceStatus.FAILED, 0, OCTOBER, NOVEMBER))
                    .applied(subscription(SubscriptionStatus.PAST_DUE, OCTOBER));
            projection.pass(Duration.ofDays(8));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getReason)
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, AccessReason.PAID),
                            tuple(EntitlementEventType.GRACE_STARTED, AccessReason.AWAITING_RENEWAL),
                            tuple(EntitlementEventType.EXTENDED, AccessReason.PAYMENT_FAILED),
                            tuple(EntitlementEventType.EXPIRED, AccessReason.PAYMENT_FAILED));
        }

        @Test
        void grace_ends_with_the_payment() {
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            projection.pass(Duration.between(NOON, OCTOBER.plusSeconds(1)));
            projection.applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus)
                    .containsExactly(EntitlementStatus.ACTIVE, EntitlementStatus.GRACE, EntitlementStatus.ACTIVE);
        }

        @Test
        void a_dispute_suspends_and_when_won_resumes() {
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0)));
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0).setDisputeStatus(DisputeStatus.OPEN)));
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0).setDisputeStatus(DisputeStatus.WON)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(
                            EntitlementEventType.GRANTED, EntitlementEventType.SUSPENDED, EntitlementEventType.RESUMED);
        }

        @Test
        void what_is_paid_after_the_disputed_period_counts_again_once_that_has_passed() {
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            projection.applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
            var disputed = paying(captured("pi_1", NOON, 800, 0), "in_1");
            projection.applied(disputed.setDisputeStatus(DisputeStatus.OPEN).setDisputedAt(NOON));
            projection.pass(Duration.between(NOON, OCTOBER.plusSeconds(1)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(
                            EntitlementEventType.GRANTED,
                            EntitlementEventType.EXTENDED,
                            EntitlementEventType.SUSPENDED,
                            EntitlementEventType.RESUMED);
        }

        @Test
        void a_lost_dispute_ends() {
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0)));
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0)
                    .setDisputeStatus(DisputeStatus.LOST)
                    .setDisputedAt(OCTOBER)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED, EntitlementEventType.REVOKED);
        }

        @Test
        void a_fraud_flag_suspends_until_it_is_cleared() {
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0)));
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0).setFraudFlagged(true)));
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(
                            EntitlementEventType.GRANTED, EntitlementEventType.SUSPENDED, EntitlementEventType.RESUMED);
        }
    }

    @Nested
    class Endings {
        @Test
        void a_cancellation_at_once_lets_what_is_paid_run_out_without_grace() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(subscription(SubscriptionStatus.CANCELED, NOON.plusSeconds(60)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED);
            projection.pass(Duration.between(NOON, OCTOBER.plusSeconds(1)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getReason)
                    .endsWith(tuple(EntitlementEventType.EXPIRED, AccessReason.RAN_OUT));
        }

        @Test
        void an_expiry_revokes() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(subscription(SubscriptionStatus.EXPIRED, NOON.plusSeconds(60)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getReason)
                    .endsWith(tuple(EntitlementEventType.REVOKED, AccessReason.EXPIRED));
        }

        @Test
        void a_scheduled_cancellation_lets_what_is_paid_run_out_without_grace() {
            var canceling = subscription(SubscriptionStatus.ACTIVE, NOON);
            canceling.getSubscription().put("cancelScheduled", true);
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(canceling);
            projection.pass(Duration.between(NOON, OCTOBER.plusSeconds(1)));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED, EntitlementEventType.EXPIRED);
        }

        @Test
        void a_subscription_bought_again_after_its_end_counts() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(subscription(SubscriptionStatus.EXPIRED, NOON.plusSeconds(60)));
            projection.applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus)
                    .containsExactly(EntitlementStatus.ACTIVE, EntitlementStatus.ENDED, EntitlementStatus.ACTIVE);
        }
    }

    @Nested
    class Money_whose_payer_is_never_named_is_a_discrepancy {
        @Test
        void of_a_paid_invoice() {
            projection.applied(
                    invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER).setReferences(Map.of()));
            assertOpen("NO_SUBJECT/" + key("in_1"));
        }

        @Test
        void of_a_payment() {
            projection.applied(captured("pi_1", NOON, 800, 0));
            assertOpen("NO_SUBJECT/" + key("pi_1"));
        }

        @Test
        void of_an_invoice_that_is_never_reported_and_only_paid() {
            projection.applied(paying(captured("pi_1", NOON, 800, 0), "in_1"));
            projection.pass(Duration.ofMinutes(59));
            assertThat(projection.discrepancies()).isEmpty();
            projection.pass(Duration.ofMinutes(2));
            assertOpen("NO_SUBJECT/" + key("in_1"));
        }

        @Test
        void of_an_invoice_that_is_reported_late_until_it_is() {
            projection.applied(paying(captured("pi_1", NOON, 800, 0), "in_1")).pass(Duration.ofHours(2));
            assertOpen("NO_SUBJECT/" + key("in_1"));
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getDiscrepancyId, Discrepancy::getState)
                    .containsExactly(tuple("NO_SUBJECT/" + key("in_1"), DiscrepancyState.CLOSED));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED);
        }

        @Test
        void unless_the_money_went_back() {
            projection
                    .applied(paying(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON), "in_1"))
                    .pass(Duration.ofHours(2));
            assertThat(projection.discrepancies()).isEmpty();
            assertThat(projection.events()).isEmpty();
        }

        private void assertOpen(String id) {
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getDiscrepancyId, Discrepancy::getState)
                    .containsExactly(tuple(id, DiscrepancyState.OPEN));
            assertThat(projection.events()).isEmpty();
        }
    }

    @Nested
    class Money_that_does_not_match_grants_nothing_and_is_a_discrepancy {
        @Test
        void one_dollar_unlocks_no_campaign() {
            projection.applied(promoted(captured("pi_1", NOON, 100, 0)));
            assertThat(projection.events()).isEmpty();
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getKind, Discrepancy::getExpected, Discrepancy::getActual)
                    .containsExactly(tuple(DiscrepancyKind.UNDERPAID, "25.00 USD", "1.00 USD"));
        }

        @Test
        void test_money_grants_nothing_in_a_live_deployment() {
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0)).setLive(false));
            assertThat(projection.events()).isEmpty();
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getKind)
                    .containsExactly(DiscrepancyKind.WRONG_MODE);
        }

        @Test
        void it_closes_when_its_cause_goes_away() {
            projection.applied(captured("pi_1", NOON, 2500, 0).setReferences(Map.of("subject", "u_42")));
            projection.applied(promoted(captured("pi_1", NOON, 2500, 0)));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getKind, Discrepancy::getState)
                    .containsExactly(
                            tuple(DiscrepancyKind.NO_PRODUCT, DiscrepancyState.OPEN),
                            tuple(DiscrepancyKind.NO_PRODUCT, DiscrepancyState.CLOSED));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED);
        }

        @Test
        void without_a_subject_a_scope_or_a_known_product_or_in_another_currency() {
            projection.applied(captured("pi_1", NOON, 2500, 0));
            projection.applied(captured("pi_2", NOON, 2500, 0)
                    .setReferences(Map.of("subject", "u_42", "product", "promoted-post")));
            projection.applied(
                    captured("pi_3", NOON, 2500, 0).setReferences(Map.of("subject", "u_42", "product", "yacht")));
            var euros = promoted(captured("pi_4", NOON, 2500, 0));
            euros.getTotals().get(0).put("currency", "EUR");
            projection.applied(euros);
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getKind)
                    .containsExactly(
                            DiscrepancyKind.NO_SUBJECT,
                            DiscrepancyKind.NO_SCOPE,
                            DiscrepancyKind.UNKNOWN_PRODUCT,
                            DiscrepancyKind.CURRENCY_MISMATCH);
            assertThat(projection.events()).isEmpty();
        }
    }

    @Test
    void access_lasts_as_long_as_any_claim_does() {
        projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
        var other = invoice("in_9", InvoiceStatus.PAID, 800, NOON.plusSeconds(3600), NOVEMBER);
        other.getInvoices().get(0).put("subscription", key("sub_2"));
        projection.applied(other).applied(subscription(SubscriptionStatus.CANCELED, NOON.plusSeconds(60)));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getStatus, EntitlementEvent::getUntil)
                .endsWith(tuple(EntitlementStatus.ACTIVE, NOVEMBER));
    }

    @Test
    void a_promoted_post_is_activated_for_its_campaign() {
        projection.applied(promoted(captured("pi_1", NOON, 2500, 0)));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getScope, EntitlementEvent::getUntil)
                .containsExactly(tuple("promotion", "post_7", null));
        assertThat(projection.states()).containsOnlyKeys("u_42/promotion/post_7");
    }

    @Test
    void a_payment_that_turns_out_to_belong_to_another_subject_moves() {
        projection.applied(promoted(captured("pi_1", NOON, 2500, 0)));
        projection.applied(captured("pi_1", NOON, 2500, 0)
                .setReferences(Map.of("subject", "u_7", "product", "promoted-post", "reference", "post_7")));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getSubject, EntitlementEvent::getType, EntitlementEvent::getReason)
                .containsExactlyInAnyOrder(
                        tuple("u_42", EntitlementEventType.GRANTED, AccessReason.PAID),
                        tuple("u_42", EntitlementEventType.REVOKED, AccessReason.WITHDRAWN),
                        tuple("u_7", EntitlementEventType.GRANTED, AccessReason.PAID));
    }

    @Test
    void its_names_are_storage_formats_and_change_only_on_purpose() throws IOException {
        var described = Projection.topology(Clock.systemUTC()).describe().toString();
        if (Boolean.getBoolean("topology.write")) {
            Files.writeString(Path.of("TOPOLOGY.txt"), described.strip() + "\n");
        }
        assertThat(described.strip())
                .isEqualTo(Files.readString(Path.of("TOPOLOGY.txt")).strip());
    }

    private static PaymentState.Builder promoted(PaymentState.Builder payment) {
        return payment.setReferences(Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_7"));
    }
}
