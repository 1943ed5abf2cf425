package ipn.projector.notification;

import static ipn.projector.notification.Claims.NOON;
import static ipn.projector.notification.Claims.NOVEMBER;
import static ipn.projector.notification.Claims.OCTOBER;
import static ipn.projector.notification.Claims.once;
import static ipn.projector.notification.Claims.period;
import static ipn.projector.notification.Claims.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.NotificationAction;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NotificationRulesTest {
    private static final String ENDING = "access-ending/u_42/premium/";
    private static final String ENDED = "access-ended/u_42/premium/";
    private static final Duration DAY = Duration.ofDays(1);

    private final User user = new User();

    @Nested
    class Money {
        @Test
        void that_was_captured_is_confirmed_with_what_it_was_for() {
            user.claims(period("in_1", NOON, OCTOBER).setOrder("order_7").setTest(true))
                    .passesQuietTime();
            assertThat(user.notifications()).singleElement().satisfies(receipt -> {
                assertThat(receipt.getNotificationId()).isEqualTo("receipt/stripe/main/in_1");
                assertThat(receipt.getKind()).isEqualTo(NotificationKind.RECEIPT);
                assertThat(receipt.getSubject()).isEqualTo("u_42");
                assertThat(receipt.getEntitlement()).isEqualTo("premium");
                assertThat(receipt.getProduct()).isEqualTo("premium");
                assertThat(receipt.getOrder()).isEqualTo("order_7");
                assertThat(receipt.getGateway()).isEqualTo("stripe");
                assertThat(receipt.getAmount()).isEqualTo(800);
                assertThat(receipt.getCurrency()).isEqualTo("USD");
                assertThat(receipt.getFrom()).isEqualTo(NOON);
                assertThat(receipt.getUntil()).isEqualTo(OCTOBER);
                assertThat(receipt.getTest()).isTrue();
                assertThat(receipt.getCause().getEventKey()).isEqualTo("stripe/main/evt_1");
                assertThat(receipt.getAt()).isEqualTo(NOON.plus(User.QUIET_TIME));
            });
        }

        @Test
        void is_confirmed_whatever_became_of_it_later_but_not_where_none_was_captured() {
            user.claims(once("pi_1").setStatus(ClaimStatus.DISPUTED))
                    .claims(once("pi_2").setStatus(ClaimStatus.DISPUTE_LOST))
                    .claims(once("pi_3").setStatus(ClaimStatus.FRAUD_FLAGGED))
                    .claims(once("pi_4").setStatus(ClaimStatus.FAILED))
                    .claims(once("pi_5").setAmount(null))
                    .claims(once("pi_6").setAmount(0L))
                    .claims(subscription(ClaimStatus.ACTIVE, NOON))
                    .passesQuietTime();
            assertThat(user.notificationIds())
                    .containsExactly(
                            "receipt/stripe/main/pi_1", "receipt/stripe/main/pi_2", "receipt/stripe/main/pi_3");
        }

        @Test
        void that_was_refunded_is_notified_with_the_sum_so_far_each_time_there_is_more() {
            user.claims(once("pi_1"))
                    .passesQuietTime()
                    .claims(once("pi_1").setRefunded(500))
                    .passesQuietTime();
            user.claims(once("pi_1").setRefunded(2500).setStatus(ClaimStatus.REFUNDED))
                    .passesQuietTime();
            assertThat(user.notifications().stream()
                            .filter(each -> each.getKind() == NotificationKind.REFUND_MADE)
                            .toList())
                    .extracting(NotificationCommand::getNotificationId, NotificationCommand::getAmount)
                    .containsExactly(
                            tuple("refund-made/stripe/main/pi_1/500", 500L),
                            tuple("refund-made/stripe/main/pi_1/2500", 2500L));
        }

        @Test
        void of_an_invoice_is_named_by_the_invoice_also_when_its_claim_key_changes() {
            var alone = period("t_1", NOON, OCTOBER).setInvoice("one");
            user.claims(alone).passesQuietTime();
            user.claims(Claim.newBuilder(alone).setClaimKey("stripe/main/t_1 invoice one"))
                    .claims(Claim.newBuilder(alone)
                            .setClaimKey("stripe/main/t_1 invoice two")
                            .setInvoice("two")
                            .setFrom(OCTOBER)
                            .setUntil(NOVEMBER))
                    .claims(alone.setKind(ClaimKind.WITHDRAWN))
                    .passesQuietTime();
            assertThat(user.notificationIds())
                    .containsExactly("receipt/stripe/main/t_1 invoice one", "receipt/stripe/main/t_1 invoice two");
        }
    }

    @Test
    void money_that_an_order_claims_later_is_no_second_payment() {
        var atOrder = once("pi_1").setClaimKey("stripe/main/pi_1 order o_1").setOrder("o_1");
        user.claims(once("pi_1")).passesQuietTime();
        user.claims(atOrder.setRefunded(500)).passesQuietTime();
        user.claims(once("pi_1").setKind(ClaimKind.WITHDRAWN)).passesQuietTime();
        assertThat(user.notificationIds())
                .containsExactly("receipt/stripe/main/pi_1", "refund-made/stripe/main/pi_1/500");
    }

    @Test
    void money_that_two_claims_are_made_by_is_one_receipt() {
        user.claims(once("pi_1"))
                .claims(once("pi_1").setClaimKey("stripe/main/pi_1 order o_1").setOrder("o_1"))
                .passesQuietTime();
        assertThat(user.notificationIds()).containsExactly("receipt/stripe/main/pi_1");
    }

    @Nested
    class A_failed_payment {
        @Test
        void is_notified_with_what_to_do_and_until_when() {
            user.claims(period("in_1", NOON, OCTOBER)).until(OCTOBER);
            user.notifications();
            user.claims(subscription(ClaimStatus.PAST_DUE, OCTOBER)).passesQuietTime();
            assertThat(user.notifications()).singleElement().satisfies(failed -> {
                assertThat(failed.getNotificationId()).isEqualTo("payment-failed/u_42/premium/" + OCTOBER);
                assertThat(failed.getKind()).isEqualTo(NotificationKind.PAYMENT_FAILED);
                assertThat(failed.getUntil()).isEqualTo(OCTOBER.plus(User.GRACE));
                assertThat(failed.getAction()).isEqualTo(NotificationAction.UPDATE_PAYMENT);
                assertThat(failed.getGateway()).isEqualTo("stripe");
                assertThat(failed.getReason()).isEqualTo(AccessReason.PAYMENT_FAILED);
            });
        }

        @Test
        void is_not_notified_while_a_renewal_is_only_awaited_nor_while_something_else_is_paid() {
            user.claims(period("in_1", NOON, OCTOBER)).until(OCTOBER.plus(DAY));
            assertThat(user.last().getReason()).isEqualTo(AccessReason.AWAITING_RENEWAL);
            user.claims(once("pi_1"))
                    .claims(subscription(ClaimStatus.PAST_DUE, OCTOBER))
                    .passesQuietTime();
            assertThat(user.notificationIds()).noneMatch(id -> id.startsWith("payment-failed"));
        }

        @Test
        void that_is_paid_within_the_quiet_time_is_never_notified() {
            user.claims(period("in_1", NOON, OCTOBER)).until(OCTOBER);
            user.claims(subscription(ClaimStatus.PAST_DUE, OCTOBER))
                    .passes(Duration.ofSeconds(4))
                    .claims(period("in_2", OCTOBER, NOVEMBER))
                    .passesQuietTime();
            assertThat(user.notificationIds()).containsExactly("receipt/stripe/main/in_1", "receipt/stripe/main/in_2");
        }
    }

    @Nested
    class An_end_that_is_near {
        @Test
        void is_notified_three_days_ahead_where_nothing_will_renew() {
            user.claims(period("in_1", NOON, OCTOBER))
                    .claims(subscription(ClaimStatus.ACTIVE, NOON).setCancelScheduled(true))
                    .until(OCTOBER.minus(DAY.multipliedBy(3)).minusMillis(1));
            assertThat(user.notificationIds()).containsExactly("receipt/stripe/main/in_1");
            user.passes(Duration.ofMillis(1));
            assertThat(user.notifications()).singleElement().satisfies(ending -> {
                assertThat(ending.getNotificationId()).isEqualTo(ENDING + OCTOBER);
                assertThat(ending.getKind()).isEqualTo(NotificationKind.ACCESS_ENDING);
                assertThat(ending.getUntil()).isEqualTo(OCTOBER);
                assertThat(ending.getAction()).isEqualTo(NotificationAction.RENEW);
                assertThat(ending.getReason()).isEqualTo(AccessReason.PAID);
            });
        }

        @Test
        void is_notified_of_a_single_period_too() {
            user.claims(period("pi_1", NOON, OCTOBER).setSubscription(null)).until(OCTOBER.minus(DAY));
            assertThat(user.notificationIds()).containsExactly("receipt/stripe/main/pi_1", ENDING + OCTOBER);
        }

        @Test
        void is_notified_in_grace_with_what_to_do() {
            user.claims(period("in_1", NOON, OCTOBER)).until(OCTOBER.plus(DAY.multipliedBy(4)));
            assertThat(user.notifications())
                    .last()
                    .extracting(NotificationCommand::getNotificationId, NotificationCommand::getAction)
                    .containsExactly(ENDING + OCTOBER.plus(User.GRACE), NotificationAction.UPDATE_PAYMENT);
        }

        @Test
        void is_not_notified_of_a_renewal_that_is_only_late_before_half_of_the_grace_period_has_passed() {
            var impatient = new User(DAY.multipliedBy(2));
            impatient
                    .claims(period("in_1", NOON, OCTOBER))
                    .until(OCTOBER.plus(DAY).minusMillis(1));
            assertThat(impatient.notificationIds()).containsExactly("receipt/stripe/main/in_1");
            impatient.passes(Duration.ofMillis(1));
            assertThat(impatient.notificationIds()).containsExactly(ENDING + OCTOBER.plus(DAY.multipliedBy(2)));
        }

        @Test
        void is_notified_at_once_in_a_short_grace_period_where_the_payment_is_known_to_have_failed() {
            var failing = new User(DAY.multipliedBy(2));
            failing.claims(period("in_1", NOON, OCTOBER)).until(OCTOBER);
            failing.claims(subscription(ClaimStatus.PAST_DUE, OCTOBER)).passesQuietTime();
            assertThat(failing.notificationIds())
                    .containsExactly(
                            "receipt/stripe/main/in_1",
                            "payment-failed/u_42/premium/" + OCTOBER,
                            ENDING + OCTOBER.plus(DAY.multipliedBy(2)));
        }

        @Test
        void is_not_notified_of_what_renews_nor_where_other_access_lasts_longer() {
            user.claims(period("in_1", NOON, OCTOBER)).until(OCTOBER.minusMillis(1));
            assertThat(user.notificationIds()).containsExactly("receipt/stripe/main/in_1");

            var both = new User();
            both.claims(period("pi_1", NOON, OCTOBER).setSubscription(null))
                    .claims(period("in_1", NOON, OCTOBER.minus(DAY)))
                    .until(OCTOBER.minus(DAY).minusMillis(1));
            assertThat(both.notificationIds()).noneMatch(id -> id.startsWith("access-ending"));
        }

        @Test
        void is_not_notified_where_the_cancellation_was_withdrawn() {
            user.claims(period("in_1", NOON, OCTOBER))
                    .claims(subscription(ClaimStatus.ACTIVE, NOON).setCancelScheduled(true))
                    .passesQuietTime()
                    .claims(subscription(ClaimStatus.ACTIVE, NOON))
                    .until(OCTOBER.minusMillis(1));
            assertThat(user.notificationIds()).containsExactly("receipt/stripe/main/in_1");
        }
    }

    @Nested
    class An_end {
        @Test
        void is_notified_with_its_reason_where_there_was_access() {
            user.claims(period("in_1", NOON, OCTOBER)).passesQuietTime();
            user.notifications();
            user.claims(subscription(ClaimStatus.EXPIRED, NOON.plusSeconds(60))).passesQuietTime();
            assertThat(user.notifications()).singleElement().satisfies(ended -> {
                assertThat(ended.getNotificationId()).isEqualTo(ENDED + NOON.plusSeconds(60));
                assertThat(ended.getKind()).isEqualTo(NotificationKind.ACCESS_ENDED);
                assertThat(ended.getReason()).isEqualTo(AccessReason.EXPIRED);
                assertThat(ended.getUntil()).isEqualTo(NOON.plusSeconds(60));
                assertThat(ended.getAction()).isNull();
            });
        }

        @Test
        void of_access_that_ended_at_once_is_notified_as_a_refund() {
            var refunded = once("pi_1").setRefunded(2500).setStatus(ClaimStatus.REFUNDED);
            user.claims(once("pi_1")).claims(refunded).passesQuietTime();
            assertThat(user.notificationIds())
                    .containsExactly("receipt/stripe/main/pi_1", "refund-made/stripe/main/pi_1/2500");
        }

        @Test
        void by_time_is_notified_when_it_has_come_and_again_after_a_new_subscription() {
            user.claims(period("in_1", NOON, OCTOBER).setSubscription(null)).until(OCTOBER.plus(DAY));
            user.claims(period("in_2", OCTOBER.plus(DAY), NOVEMBER).setSubscription(null))
                    .until(NOVEMBER.plus(DAY));
            assertThat(user.notificationIds())
                    .containsExactly(
                            "receipt/stripe/main/in_1",
                            ENDING + OCTOBER,
                            ENDED + OCTOBER,
                            "receipt/stripe/main/in_2",
                            ENDING + NOVEMBER,
                            ENDED + NOVEMBER);
        }

        @Test
        void of_claims_that_were_all_withdrawn_is_notified() {
            user.claims(once("pi_1")).passesQuietTime();
            user.notifications();
            user.claims(once("pi_1").setKind(ClaimKind.WITHDRAWN)).passesQuietTime();
            assertThat(user.notifications())
                    .extracting(NotificationCommand::getKind, NotificationCommand::getReason)
                    .containsExactly(tuple(NotificationKind.ACCESS_ENDED, AccessReason.WITHDRAWN));
        }

        @Test
        void of_suspended_access_is_notified_although_its_suspension_is_not() {
            user.claims(once("pi_1")).passesQuietTime();
            user.notifications();
            user.claims(once("pi_1").setStatus(ClaimStatus.DISPUTED)).passesQuietTime();
            assertThat(user.notifications()).isEmpty();
            user.claims(once("pi_1").setStatus(ClaimStatus.DISPUTE_LOST).setAt(OCTOBER))
                    .passesQuietTime();
            assertThat(user.notificationIds()).containsExactly(ENDED + OCTOBER);
        }

        @Test
        void that_is_withheld_is_not_notified_and_neither_is_an_earlier_end_that_it_would_cause() {
            user.claims(period("pi_1", NOON, OCTOBER).setSubscription(null))
                    .claims(period("pi_2", OCTOBER, NOVEMBER).setSubscription(null))
                    .passesQuietTime();
            user.notifications();
            user.withholding()
                    .claims(period("pi_2", OCTOBER, NOVEMBER)
                            .setSubscription(null)
                            .setRefunded(800)
                            .setStatus(ClaimStatus.REFUNDED))
                    .until(OCTOBER.minus(DAY));
            assertThat(user.notifications()).isEmpty();
            user.claims(period("pi_1", NOON, OCTOBER)
                            .setSubscription(null)
                            .setRefunded(800)
                            .setStatus(ClaimStatus.REFUNDED))
                    .until(OCTOBER);
            assertThat(user.notifications()).isEmpty();
        }

        @Test
        void that_is_released_is_notified_with_the_refund_that_caused_it() {
            user.claims(once("pi_1")).passesQuietTime();
            user.notifications();
            user.withholding()
                    .claims(once("pi_1").setRefunded(2500).setStatus(ClaimStatus.REFUNDED))
                    .passesQuietTime();
            assertThat(user.notifications()).isEmpty();
            user.releases().passesQuietTime();
            assertThat(user.notificationIds()).containsExactly("refund-made/stripe/main/pi_1/2500", ENDED + NOON);
        }

        @Test
        void that_is_withheld_does_not_keep_back_the_notification_of_a_partial_refund() {
            user.claims(once("pi_1")).claims(once("pi_2")).passesQuietTime();
            user.notifications();
            user.withholding()
                    .claims(once("pi_1").setRefunded(2500).setStatus(ClaimStatus.REFUNDED))
                    .claims(once("pi_2").setStatus(ClaimStatus.DISPUTED).setRefunded(500))
                    .passesQuietTime();
            assertThat(user.notificationIds()).containsExactly("refund-made/stripe/main/pi_2/500");
        }
    }

    @Nested
    class Each_once {
        @Test
        void whatever_arrives_again() {
            user.claims(period("in_1", NOON, OCTOBER)).passesQuietTime();
            assertThat(user.notifications()).hasSize(1);
            user.claims(period("in_1", NOON, OCTOBER)).passesQuietTime();
            user.claims(period("in_1", NOON, OCTOBER).setCause(cause("evt_2"))).passesQuietTime();
            assertThat(user.notifications()).isEmpty();
        }

        @Test
        void after_a_restart_what_became_due_meanwhile_is_notified_late() {
            user.claims(once("pi_1")).isDown(OCTOBER);
            assertThat(user.notifications()).isEmpty();
            assertThat(user.passes(Duration.ZERO).notificationIds()).containsExactly("receipt/stripe/main/pi_1");
            assertThat(user.entitlement().getNextCheck()).isNull();
        }

        @Test
        void ids_about_stored_claims_stay_and_of_the_others_the_newest() {
            user.claims(once("keeps")).passesQuietTime();
            IntStream.rangeClosed(1, SentNotifications.OTHERS_MAX + 10)
                    .forEach(sum -> user.claims(once("pi_1").setRefunded(sum)).passesQuietTime());
            assertThat(user.entitlement().getSentNotifications())
                    .hasSize(SentNotifications.OTHERS_MAX + 3)
                    .contains(
                            "receipt/stripe/main/keeps", "receipt/stripe/main/pi_1", "refund-made/stripe/main/pi_1/74")
                    .doesNotContain("refund-made/stripe/main/pi_1/9");
        }

        @Test
        void a_claim_without_access_or_money_needs_no_second_check() {
            user.claims(period("in_1", NOON, OCTOBER)
                            .setStatus(ClaimStatus.FAILED)
                            .setUntil(null))
                    .passesQuietTime();
            assertThat(user.notifications()).isEmpty();
            assertThat(user.entitlement().getNextCheck()).isNull();
        }

        private static Cause cause(String event) {
            return new Cause("stripe/main/" + event, "ipn.raw", 0, 9L, false);
        }
    }

    @Test
    void a_burst_is_notified_only_after_a_quiet_time() {
        Instant before = NOON.plus(User.QUIET_TIME).minusMillis(1);
        user.claims(once("pi_1")).until(before).claims(once("pi_2")).passes(User.QUIET_TIME.minusMillis(1));
        assertThat(user.notifications()).isEmpty();
        assertThat(user.passes(Duration.ofMillis(1)).notificationIds())
                .containsExactly("receipt/stripe/main/pi_1", "receipt/stripe/main/pi_2");
    }
}
