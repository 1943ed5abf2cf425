package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.paying;
import static ipn.projector.Payments.payment;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a subscription, from its start to the day the subscriber comes back. */
class SubscriptionLifeTest extends WithProjection {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Nested
    class Started {
        @Test
        void it_grants_nothing_until_the_first_payment_is_proven() {
            projection
                    .applied(reported(SubscriptionStatus.PENDING, NOON))
                    .applied(reported(SubscriptionStatus.ACTIVE, NOON));
            assertThat(projection.events()).isEmpty();
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            changes().containsExactly(tuple(EntitlementEventType.GRANTED, AccessReason.PAID, OCTOBER));
        }
    }

    @Nested
    class A_trial {
        @Test
        void grants_until_its_end() {
            projection.applied(trial(SubscriptionStatus.TRIALING, NOON, OCTOBER));
            changes().containsExactly(tuple(EntitlementEventType.GRANTED, AccessReason.TRIAL, OCTOBER));
        }

        @Test
        void that_turns_into_a_paid_subscription_leaves_no_moment_without_access() {
            projection.applied(trial(SubscriptionStatus.TRIALING, NOON, OCTOBER));
            passUntil(OCTOBER.plusSeconds(1));
            projection
                    .applied(trial(SubscriptionStatus.ACTIVE, OCTOBER, OCTOBER))
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus)
                    .startsWith(EntitlementStatus.ACTIVE, EntitlementStatus.GRACE)
                    .endsWith(EntitlementStatus.ACTIVE)
                    .doesNotContain(EntitlementStatus.ENDED, EntitlementStatus.SUSPENDED);
        }

        @Test
        void whose_first_payment_fails_is_in_grace_and_then_ends() {
            projection.applied(trial(SubscriptionStatus.TRIALING, NOON, OCTOBER));
            passUntil(OCTOBER.plusSeconds(1));
            projection.applied(trial(SubscriptionStatus.PAST_DUE, OCTOBER, OCTOBER));
            projection.pass(Duration.ofDays(8));
            changes()
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, AccessReason.TRIAL, OCTOBER),
                            tuple(EntitlementEventType.GRACE_STARTED, AccessReason.AWAITING_RENEWAL, OCTOBER),
                            tuple(EntitlementEventType.EXTENDED, AccessReason.PAYMENT_FAILED, OCTOBER),
                            tuple(
                                    EntitlementEventType.EXPIRED,
                                    AccessReason.PAYMENT_FAILED,
                                    OCTOBER.plus(Duration.ofDays(7))));
        }

        @Test
        void that_is_canceled_at_once_ends_for_that_reason() {
            projection
                    .applied(trial(SubscriptionStatus.TRIALING, NOON, OCTOBER))
                    .applied(trial(SubscriptionStatus.CANCELED, NOON.plusSeconds(60), OCTOBER));
            changes()
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, AccessReason.TRIAL, OCTOBER),
                            tuple(EntitlementEventType.REVOKED, AccessReason.CANCELED, NOON.plusSeconds(60)));
        }

        @Test
        void whose_first_payment_is_refunded_ends_with_it() {
            projection
                    .applied(trial(SubscriptionStatus.TRIALING, NOON, OCTOBER))
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER))
                    .applied(trial(SubscriptionStatus.ACTIVE, OCTOBER, OCTOBER));
            passUntil(OCTOBER.plus(DAY));
            projection.applied(refund("pi_1", "in_1", OCTOBER.plus(DAY)));
            changes().endsWith(tuple(EntitlementEventType.REVOKED, AccessReason.REFUNDED, OCTOBER.plus(DAY)));
        }
    }

    @Nested
    class Paused {
        @Test
        void it_is_suspended_until_it_resumes() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(reported(SubscriptionStatus.PAUSED, NOON.plusSeconds(60)));
            passUntil(OCTOBER.plus(Duration.ofDays(60)));
            projection.applied(
                    invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER.plus(Duration.ofDays(60)), DECEMBER.plus(DAY)));
            changes()
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, AccessReason.PAID, OCTOBER),
                            tuple(EntitlementEventType.SUSPENDED, AccessReason.PAUSED, OCTOBER),
                            tuple(EntitlementEventType.RESUMED, AccessReason.PAID, DECEMBER.plus(DAY)));
        }

        @Test
        void it_resumes_with_what_is_left_of_the_period() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(reported(SubscriptionStatus.PAUSED, NOON.plusSeconds(60)))
                    .applied(reported(SubscriptionStatus.ACTIVE, NOON.plusSeconds(120)));
            changes()
                    .endsWith(
                            tuple(EntitlementEventType.SUSPENDED, AccessReason.PAUSED, OCTOBER),
                            tuple(EntitlementEventType.RESUMED, AccessReason.PAID, OCTOBER));
        }

        @Test
        void it_may_still_expire() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(reported(SubscriptionStatus.PAUSED, NOON.plusSeconds(60)))
                    .applied(reported(SubscriptionStatus.EXPIRED, NOON.plusSeconds(120)));
            changes().endsWith(tuple(EntitlementEventType.REVOKED, AccessReason.EXPIRED, NOON.plusSeconds(120)));
        }

        @Test
        void something_else_that_is_paid_gives_access_meanwhile() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(elsewhere("in_9", NOON, NOVEMBER))
                    .applied(reported(SubscriptionStatus.PAUSED, NOON.plusSeconds(60)));
            changes().endsWith(tuple(EntitlementEventType.EXTENDED, AccessReason.PAID, NOVEMBER));
        }
    }

    @Nested
    class A_scheduled_cancellation {
        @Test
        void at_a_time_shortens_access_and_extends_it_again_when_it_is_withdrawn() {
            var until = OCTOBER.minus(DAY);
            var canceling = reported(SubscriptionStatus.ACTIVE, NOON.plusSeconds(60));
            canceling.getSubscription().put("cancelAt", until);
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(canceling)
                    .applied(reported(SubscriptionStatus.ACTIVE, NOON.plusSeconds(120)));
            changes()
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, AccessReason.PAID, OCTOBER),
                            tuple(EntitlementEventType.REDUCED, AccessReason.PAID, until),
                            tuple(EntitlementEventType.EXTENDED, AccessReason.PAID, OCTOBER));
        }

        @Test
        void that_was_withdrawn_is_followed_by_grace_as_usual() {
            var canceling = reported(SubscriptionStatus.ACTIVE, NOON.plusSeconds(60));
            canceling.getSubscription().put("cancelScheduled", true);
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(canceling)
                    .applied(reported(SubscriptionStatus.ACTIVE, NOON.plusSeconds(120)));
            passUntil(OCTOBER.plusSeconds(1));
            changes().endsWith(tuple(EntitlementEventType.GRACE_STARTED, AccessReason.AWAITING_RENEWAL, OCTOBER));
        }
    }

    @Nested
    class Given_up {
        @Test
        void by_the_gateway_in_grace_it_ends_then_since_a_payment_failed() {
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            passUntil(OCTOBER.plus(DAY));
            projection
                    .applied(reported(SubscriptionStatus.PAST_DUE, OCTOBER))
                    .applied(reported(SubscriptionStatus.UNPAID, OCTOBER.plus(DAY)));
            changes().endsWith(tuple(EntitlementEventType.EXPIRED, AccessReason.PAYMENT_FAILED, OCTOBER.plus(DAY)));
        }

        @Test
        void a_moment_after_its_end_it_has_run_out() {
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            passUntil(OCTOBER.plusSeconds(2));
            projection.applied(reported(SubscriptionStatus.EXPIRED, OCTOBER.plusSeconds(1)));
            changes().endsWith(tuple(EntitlementEventType.EXPIRED, AccessReason.RAN_OUT, OCTOBER.plusSeconds(1)));
        }

        @Test
        void a_renewal_that_was_refunded_is_not_awaited() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
            passUntil(OCTOBER.plus(DAY));
            projection.applied(refund("pi_2", "in_2", OCTOBER.plus(DAY)));
            changes().endsWith(tuple(EntitlementEventType.REVOKED, AccessReason.REFUNDED, OCTOBER.plus(DAY)));
        }
    }

    @Nested
    class Won_back {
        @Test
        void at_the_same_gateway_access_starts_anew() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(reported(SubscriptionStatus.CANCELED, NOON.plusSeconds(60)));
            passUntil(NOVEMBER);
            projection.applied(invoice("in_2", InvoiceStatus.PAID, 800, NOVEMBER, DECEMBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getFrom, EntitlementEvent::getUntil)
                    .endsWith(tuple(EntitlementEventType.GRANTED, NOVEMBER, DECEMBER));
        }

        @Test
        void at_another_gateway_too() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(reported(SubscriptionStatus.EXPIRED, OCTOBER));
            passUntil(NOVEMBER);
            projection.applied(elsewhere("t_1", NOVEMBER, DECEMBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getFrom, EntitlementEvent::getPaymentKey)
                    .endsWith(tuple(EntitlementEventType.GRANTED, NOVEMBER, "apple/main/t_1"));
        }
    }

    @Nested
    class Another_product {
        @Test
        void with_the_same_entitlement_takes_over_also_where_it_ends_with_the_old_one() {
            projection
                    .applied(invoice("in_2", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(plus("in_1", NOON.plus(DAY), OCTOBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getProduct, EntitlementEvent::getUntil)
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, "premium", OCTOBER),
                            tuple(EntitlementEventType.EXTENDED, "premium-plus", OCTOBER));
        }

        @Test
        void a_cheaper_one_takes_over_when_it_is_paid_for() {
            projection.applied(plus("in_1", NOON, OCTOBER));
            passUntil(OCTOBER.plusSeconds(1));
            projection.applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getStatus, EntitlementEvent::getProduct, EntitlementEvent::getFrom)
                    .containsExactly(
                            tuple(EntitlementStatus.ACTIVE, "premium-plus", NOON),
                            tuple(EntitlementStatus.GRACE, "premium-plus", NOON),
                            tuple(EntitlementStatus.ACTIVE, "premium", NOON));
        }

        @Test
        void brings_its_own_grace() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER))
                    .applied(plus("in_2", OCTOBER, NOVEMBER));
            passUntil(NOVEMBER.plusSeconds(1));
            assertThat(projection.events())
                    .last()
                    .extracting(EntitlementEvent::getGraceUntil)
                    .isEqualTo(NOVEMBER.plus(Duration.ofDays(14)));
        }
    }

    @Nested
    class Several_at_once {
        @Test
        void when_one_is_refunded_the_other_gives_access() {
            projection
                    .applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, NOVEMBER))
                    .applied(elsewhere("t_1", NOON, OCTOBER))
                    .applied(refund("pi_1", "in_1", NOON.plusSeconds(60)));
            changes()
                    .endsWith(
                            tuple(EntitlementEventType.GRANTED, AccessReason.PAID, NOVEMBER),
                            tuple(EntitlementEventType.REDUCED, AccessReason.PAID, OCTOBER));
        }

        @Test
        void when_one_is_in_grace_the_other_gives_access_and_then_the_grace_is_left() {
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            passUntil(OCTOBER.plusSeconds(1));
            projection.applied(elsewhere("t_1", NOON, OCTOBER.plus(DAY)));
            passUntil(OCTOBER.plus(DAY));
            changes()
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, AccessReason.PAID, OCTOBER),
                            tuple(EntitlementEventType.GRACE_STARTED, AccessReason.AWAITING_RENEWAL, OCTOBER),
                            tuple(EntitlementEventType.EXTENDED, AccessReason.PAID, OCTOBER.plus(DAY)),
                            tuple(
                                    EntitlementEventType.GRACE_STARTED,
                                    AccessReason.AWAITING_RENEWAL,
                                    OCTOBER.plus(DAY)));
        }

        @Test
        void the_grace_that_lasts_longest_counts() {
            projection.applied(plus("in_1", NOON, OCTOBER)).applied(elsewhere("t_1", NOON, OCTOBER.plus(DAY)));
            passUntil(OCTOBER.plus(DAY).plusSeconds(1));
            assertThat(projection.events())
                    .last()
                    .extracting(EntitlementEvent::getStatus, EntitlementEvent::getGraceUntil)
                    .containsExactly(EntitlementStatus.GRACE, OCTOBER.plus(Duration.ofDays(14)));
        }
    }

    private AbstractListAssert<?, ?, Tuple, ObjectAssert<Tuple>> changes() {
        return assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getReason, EntitlementEvent::getUntil);
    }

    private void passUntil(Instant time) {
        projection.pass(Duration.between(projection.now(), time));
    }

    private static PaymentState.Builder reported(SubscriptionStatus status, Instant at) {
        return Payments.subscription(status, at);
    }

    private static PaymentState.Builder trial(SubscriptionStatus status, Instant at, Instant trialEnd) {
        var trial = Subscription.newBuilder().setStatus(status).setAt(at).setTrialEnd(trialEnd);
        return reported(status, at).setSubscription(trial.build());
    }

    private static PaymentState.Builder refund(String payment, String invoice, Instant at) {
        return paying(captured(payment, at, 800, 800).setRefundedAt(at), invoice);
    }

    /** The dearer product, on the same subscription. */
    private static PaymentState.Builder plus(String id, Instant from, Instant until) {
        return invoice(id, InvoiceStatus.PAID, 1800, from, until)
                .setReferences(Map.of("subject", "u_42", "product", "premium-plus"));
    }

    /** Another subscription, at another gateway. */
    private static PaymentState.Builder elsewhere(String id, Instant from, Instant until) {
        var invoice =
                invoice(id, InvoiceStatus.PAID, 800, from, until).getInvoices().get(0);
        invoice.put("subscription", "apple/main/t_1");
        return payment(id)
                .setPaymentKey("apple/main/" + id)
                .setGateway("apple")
                .setInvoices(List.of(invoice))
                .setReferences(Map.of("subject", "u_42", "product", "premium"));
    }
}
