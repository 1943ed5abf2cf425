package ipn.projector.access;

import static ipn.projector.notification.Claims.NOON;
import static ipn.projector.notification.Claims.NOVEMBER;
import static ipn.projector.notification.Claims.OCTOBER;
import static ipn.projector.notification.Claims.period;
import static ipn.projector.notification.Claims.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Claim;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementStatus;
import ipn.projector.Products;
import ipn.projector.catalogue.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One subscription with a grace period of a week; its months are September and October. */
class PurchaseTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration GRACE = DAY.multipliedBy(7);

    private final Claim.Builder september = period("in_1", NOON, OCTOBER);
    private final Claim.Builder october = period("in_2", OCTOBER, NOVEMBER);

    @Nested
    class Without_a_paid_period {
        @ParameterizedTest
        @EnumSource(
                value = ClaimStatus.class,
                names = {"PENDING", "ACTIVE", "PAST_DUE", "CANCELED"})
        void a_subscription_without_a_trial_gives_nothing(ClaimStatus status) {
            assertThat(access(NOON, subscription(status, NOON))).isEmpty();
        }

        @Test
        void a_payment_that_failed_gives_nothing() {
            assertThat(access(NOON, failed(september, NOON))).isEmpty();
        }

        @Test
        void a_trial_gives_access_until_its_end() {
            assertAccess(
                    access(NOON, subscription(ClaimStatus.TRIALING, NOON).setUntil(OCTOBER)),
                    EntitlementStatus.ACTIVE,
                    AccessReason.TRIAL,
                    OCTOBER);
        }

        @Test
        void a_trial_that_has_not_begun_gives_nothing() {
            assertThat(access(NOON, subscription(ClaimStatus.PENDING, NOON).setUntil(OCTOBER)))
                    .isEmpty();
        }
    }

    @Nested
    class Credited_time {
        private final Instant middle = NOON.plus(DAY.multipliedBy(15));

        @Test
        void ends_the_period_that_paid_for_it_without_grace() {
            assertAccess(
                    access(NOON, september, credit("in_2", middle)),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    middle);
            assertAccess(
                    access(middle, september, credit("in_2", middle)),
                    EntitlementStatus.ENDED,
                    AccessReason.SWITCHED,
                    middle);
        }

        @Test
        void is_paid_for_anew_by_the_invoice_that_credits_it() {
            var more = period("in_2", middle, OCTOBER);
            assertAccess(
                    access(middle, september, credit("in_2", middle), more),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    OCTOBER);
        }

        @Test
        void does_not_end_what_was_bought_later() {
            assertAccess(
                    access(OCTOBER, september, credit("in_2", middle), period("in_3", OCTOBER, NOVEMBER)),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    NOVEMBER);
        }

        @Test
        void of_another_product_ends_nothing() {
            assertAccess(
                    access(NOON, september, credit("in_2", middle).setProduct("premium-plus")),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    OCTOBER);
        }

        @Test
        void alone_gives_nothing() {
            assertThat(access(NOON, credit("in_2", middle))).isEmpty();
        }

        private Claim.Builder credit(String invoice, Instant from) {
            var credit = period(invoice, from, OCTOBER);
            return credit.setClaimKey(credit.getClaimKey() + " credited premium")
                    .setStatus(ClaimStatus.CREDITED);
        }
    }

    @Nested
    class A_switch_without_a_credit {
        private final Instant middle = NOON.plus(DAY.multipliedBy(15));
        private final Claim.Builder year =
                period("in_1", NOON, NOON.plus(DAY.multipliedBy(365))).setProduct("premium-yearly");
        private final Claim.Builder month = period("in_2", middle, middle.plus(DAY.multipliedBy(30)));
        private final Claim.Builder item =
                subscription(ClaimStatus.ACTIVE, middle).setFormerProducts(List.of("premium-yearly"));

        @Test
        void ends_the_old_period_where_one_of_the_new_item_is_paid() {
            assertAccess(
                    access(middle, year, month, item), EntitlementStatus.ACTIVE, AccessReason.PAID, month.getUntil());
        }

        @Test
        void gives_the_old_period_back_with_the_money_for_the_new_one() {
            month.setStatus(ClaimStatus.REFUNDED);
            assertAccess(
                    access(middle, year, month, item), EntitlementStatus.ACTIVE, AccessReason.PAID, year.getUntil());
        }

        @Test
        void ends_nothing_while_nothing_is_paid_for_the_new_item() {
            assertAccess(
                    access(middle, year, failed(month, middle), item),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    year.getUntil());
        }

        @Test
        void is_none_while_the_old_product_is_an_item_too() {
            assertAccess(
                    access(middle, year, month, item.setFormerProducts(List.of())),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    year.getUntil());
        }
    }

    @Nested
    class A_month_that_the_gateway_does_not_end {
        @ParameterizedTest(name = "{0}, then {1}: until {2}")
        @CsvSource({
            "2026-01-31, 2026-02-28, 2026-03-31",
            "2026-01-31, 2026-04-30, 2026-05-31",
            "2026-01-30, 2026-02-28, 2026-03-30",
            "2028-01-31, 2028-02-29, 2028-03-31",
            "2026-01-31, 2026-03-31, 2026-04-30",
            "2026-01-15, 2026-02-15, 2026-03-15",
            "2026-01-31, 2026-03-02, 2026-04-02",
        })
        void keeps_the_day_on_which_the_first_began(LocalDate first, LocalDate later, LocalDate until) {
            assertThat(access(noon(later), calculated("in_1", first), calculated("in_2", later)))
                    .flatMap(Access::until)
                    .contains(noon(until));
        }

        @Test
        void keeps_the_end_that_the_gateway_reported() {
            var reported = period("in_2", noon("2026-02-28"), noon("2026-03-28"));
            assertThat(access(noon("2026-02-28"), calculated("in_1", LocalDate.parse("2026-01-31")), reported))
                    .flatMap(Access::until)
                    .contains(noon("2026-03-28"));
        }

        private Claim.Builder calculated(String id, LocalDate from) {
            return period(id, noon(from), noon(from.plusMonths(1))).setUntilCalculated(true);
        }

        private Instant noon(String day) {
            return noon(LocalDate.parse(day));
        }

        private Instant noon(LocalDate day) {
            return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        }
    }

    @Nested
    class A_paid_period {
        @ParameterizedTest(name = "{0} days after its end: {1} {2}")
        @CsvSource(textBlock = """
                        -1, ACTIVE, PAID
                        0,  GRACE,  AWAITING_RENEWAL
                        6,  GRACE,  AWAITING_RENEWAL
                        7,  ENDED,  RAN_OUT
                        """)
        void gives_access_until_its_end_and_then_grace(int days, EntitlementStatus status, AccessReason reason) {
            assertAccess(
                    access(OCTOBER.plus(DAY.multipliedBy(days)), september),
                    status,
                    reason,
                    days < 0 ? OCTOBER : OCTOBER.plus(GRACE));
        }

        @Test
        void whose_renewal_failed_gives_grace_from_the_failure_on() {
            var failure = OCTOBER.plus(DAY);
            var renewal = failed(october, failure);
            assertAccess(
                    access(failure, september, renewal),
                    EntitlementStatus.GRACE,
                    AccessReason.PAYMENT_FAILED,
                    failure.plus(GRACE));
            assertAccess(
                    access(failure.plus(GRACE), september, renewal),
                    EntitlementStatus.ENDED,
                    AccessReason.PAYMENT_FAILED,
                    failure.plus(GRACE));
        }

        @Test
        void that_nothing_renews_ends_without_grace() {
            assertAccess(
                    access(
                            OCTOBER,
                            september,
                            subscription(ClaimStatus.ACTIVE, NOON).setCancelScheduled(true)),
                    EntitlementStatus.ENDED,
                    AccessReason.RAN_OUT,
                    OCTOBER);
            assertAccess(
                    access(OCTOBER, september.setSubscription(null)),
                    EntitlementStatus.ENDED,
                    AccessReason.RAN_OUT,
                    OCTOBER);
        }

        @Test
        void ends_earlier_where_a_cancellation_is_scheduled_earlier() {
            var end = OCTOBER.minus(DAY);
            assertAccess(
                    access(
                            NOON,
                            september,
                            subscription(ClaimStatus.ACTIVE, NOON).setCancelAt(end)),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    end);
        }

        @ParameterizedTest
        @CsvSource({"REFUNDED, REFUNDED", "DISPUTE_LOST, DISPUTE_LOST"})
        void whose_money_was_reversed_ended_then(ClaimStatus status, AccessReason reason) {
            var at = NOON.plus(DAY);
            assertAccess(access(at, september.setStatus(status).setAt(at)), EntitlementStatus.ENDED, reason, at);
        }

        @ParameterizedTest
        @CsvSource({"DISPUTED, DISPUTED", "FRAUD_FLAGGED, FRAUD_FLAGGED"})
        void whose_money_is_in_question_is_suspended_until_it_has_passed(ClaimStatus status, AccessReason reason) {
            september.setStatus(status);
            assertAccess(access(NOON, september, october), EntitlementStatus.SUSPENDED, reason, NOVEMBER);
            assertAccess(access(OCTOBER, september, october), EntitlementStatus.ACTIVE, AccessReason.PAID, NOVEMBER);
        }
    }

    @Nested
    class The_status_that_the_gateway_reported {
        private final Instant reported = NOON.plus(DAY);

        @ParameterizedTest
        @CsvSource({"EXPIRED, EXPIRED", "UNPAID, UNPAID"})
        void ends_access_before_its_time(ClaimStatus status, AccessReason reason) {
            assertAccess(
                    access(reported, september, subscription(status, reported)),
                    EntitlementStatus.ENDED,
                    reason,
                    reported);
        }

        @Test
        void leaves_a_canceled_subscription_what_is_paid_for_without_grace() {
            var canceled = subscription(ClaimStatus.CANCELED, reported);
            assertAccess(access(reported, september, canceled), EntitlementStatus.ACTIVE, AccessReason.PAID, OCTOBER);
            assertThat(access(reported, september, canceled))
                    .flatMap(Access::knownEnd)
                    .contains(OCTOBER);
            assertAccess(access(OCTOBER, september, canceled), EntitlementStatus.ENDED, AccessReason.RAN_OUT, OCTOBER);
        }

        @Test
        void ends_a_canceled_subscription_at_once_where_the_product_says_so() {
            var canceled = subscription(ClaimStatus.CANCELED, reported);
            assertAccess(
                    Purchase.group(
                                    List.of(september.build(), canceled.build()),
                                    Products.with(GRACE, Cancellation.AT_ONCE))
                            .access(reported),
                    EntitlementStatus.ENDED,
                    AccessReason.CANCELED,
                    reported);
        }

        @Test
        void ends_the_grace_of_one_canceled_after_its_end() {
            var canceled = subscription(ClaimStatus.CANCELED, OCTOBER.plus(DAY));
            assertAccess(
                    access(OCTOBER.plus(DAY), september, canceled),
                    EntitlementStatus.ENDED,
                    AccessReason.RAN_OUT,
                    OCTOBER.plus(DAY));
        }

        @Test
        void ends_a_canceled_trial_at_once() {
            var trial = subscription(ClaimStatus.CANCELED, reported).setUntil(OCTOBER);
            assertAccess(access(reported, trial), EntitlementStatus.ENDED, AccessReason.CANCELED, reported);
        }

        @Test
        void questions_the_money_of_a_canceled_subscription_too() {
            september.setStatus(ClaimStatus.DISPUTED);
            assertAccess(
                    access(reported, september, subscription(ClaimStatus.CANCELED, reported)),
                    EntitlementStatus.SUSPENDED,
                    AccessReason.DISPUTED,
                    OCTOBER);
        }

        @Test
        void suspends_a_paused_subscription() {
            assertAccess(
                    access(reported, september, subscription(ClaimStatus.PAUSED, reported)),
                    EntitlementStatus.SUSPENDED,
                    AccessReason.PAUSED,
                    OCTOBER);
        }

        @ParameterizedTest
        @EnumSource(
                value = ClaimStatus.class,
                names = {"CANCELED", "EXPIRED", "UNPAID", "PAUSED"})
        void holds_no_longer_once_a_later_period_is_paid(ClaimStatus status) {
            assertAccess(
                    access(OCTOBER, september, subscription(status, reported), october),
                    EntitlementStatus.ACTIVE,
                    AccessReason.PAID,
                    NOVEMBER);
        }

        @Test
        void past_due_gives_grace_from_then_on() {
            var failure = OCTOBER.plus(DAY);
            assertAccess(
                    access(failure, september, subscription(ClaimStatus.PAST_DUE, failure)),
                    EntitlementStatus.GRACE,
                    AccessReason.PAYMENT_FAILED,
                    failure.plus(GRACE));
        }

        @Test
        void past_due_gives_grace_until_the_gateways_own_date() {
            var failure = OCTOBER.plus(DAY);
            var until = failure.plus(DAY.multipliedBy(16));
            var pastDue = subscription(ClaimStatus.PAST_DUE, failure).setGraceUntil(until);
            var last = until.minusMillis(1);
            assertAccess(access(last, september, pastDue), EntitlementStatus.GRACE, AccessReason.PAYMENT_FAILED, until);
            assertAccess(
                    access(until, september, pastDue), EntitlementStatus.ENDED, AccessReason.PAYMENT_FAILED, until);
            assertAccess(
                    access(last, september, october, pastDue), EntitlementStatus.ACTIVE, AccessReason.PAID, NOVEMBER);
        }
    }

    @Nested
    class Access_began {
        @Test
        void with_the_first_of_the_periods_that_follow_on_each_other() {
            assertThat(access(OCTOBER, october, september)).map(Access::from).contains(NOON);
        }

        @Test
        void anew_after_a_gap_longer_than_the_grace_period() {
            var late = OCTOBER.plus(GRACE).plusMillis(1);
            var wonBack = period("in_2", late, NOVEMBER);
            assertThat(access(late, september, wonBack)).map(Access::from).contains(late);
        }
    }

    @Test
    void a_refunded_renewal_is_not_awaited_any_more() {
        var at = OCTOBER.plus(DAY);
        october.setStatus(ClaimStatus.REFUNDED).setAt(at);
        assertAccess(access(NOON, september, october), EntitlementStatus.ACTIVE, AccessReason.PAID, OCTOBER);
        assertAccess(access(at, september, october), EntitlementStatus.ENDED, AccessReason.REFUNDED, at);
    }

    @Test
    void a_renewal_that_was_refunded_before_it_began_leaves_no_grace() {
        october.setStatus(ClaimStatus.REFUNDED).setAt(NOON.plus(DAY));
        assertThat(access(NOON, september, october)).flatMap(Access::knownEnd).contains(OCTOBER);
        assertAccess(access(OCTOBER, september, october), EntitlementStatus.ENDED, AccessReason.RAN_OUT, OCTOBER);
    }

    private static void assertAccess(
            Optional<Access> access, EntitlementStatus status, AccessReason reason, Instant end) {
        assertThat(access).hasValueSatisfying(value -> {
            assertThat(value.status()).isEqualTo(status);
            assertThat(value.reason()).isEqualTo(reason);
            assertThat(value.end()).contains(end);
        });
    }

    private static Optional<Access> access(Instant now, Claim.Builder... claims) {
        return Purchase.group(Stream.of(claims).map(Claim.Builder::build).toList(), Products.withGrace(GRACE))
                .access(now);
    }

    private static Claim.Builder failed(Claim.Builder period, Instant at) {
        return Claim.newBuilder(period)
                .setStatus(ClaimStatus.FAILED)
                .setUntil(null)
                .setAt(at);
    }
}
