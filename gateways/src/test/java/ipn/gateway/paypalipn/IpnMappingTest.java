package ipn.gateway.paypalipn;

import static ipn.gateway.paypalipn.Ipns.says;
import static ipn.gateway.paypalipn.Ipns.told;
import static ipn.gateway.paypalipn.Ipns.translation;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Attempt;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Authorised;
import ipn.fact.Fact.Bill;
import ipn.fact.Fact.Captured;
import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.FraudFlag;
import ipn.fact.Fact.Refund;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.Sku;
import ipn.fact.Fact.Subscription;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.Translation.Ignored;
import ipn.gateway.Translation.Understood;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every {@code payment_status} and every {@code txn_type}. */
class IpnMappingTest {
    private static final Money TEN = new Money(1000, "USD");

    @Nested
    class By_payment_status {
        @ParameterizedTest
        @ValueSource(strings = {"Completed", "Processed", "completed", "COMPLETED"})
        void money_was_taken(String status) {
            assertThat(told(says("txn_id", "T1", "payment_status", status, "mc_gross", "10.00")))
                    .containsExactly(
                            new Captured("T1", TEN, Optional.empty()), new FraudFlag("T1", false, "completed"));
        }

        @Test
        void an_authorisation_is_a_pending_payment_with_that_reason() {
            assertThat(told(pending("authorization"))).containsExactly(new Authorised("T1", TEN));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "echeck",
                    "multi_currency",
                    "unilateral",
                    "verify",
                    "address",
                    "intl",
                    "order",
                    "other",
                    "upgrade"
                })
        void any_other_pending_payment_waits(String reason) {
            assertThat(told(pending(reason))).containsExactly(new Attempt("T1", AttemptStatus.PENDING, reason));
        }

        @Test
        void a_payment_under_review_is_flagged_until_it_is_completed() {
            assertThat(told(pending("paymentreview")))
                    .containsExactly(
                            new Attempt("T1", AttemptStatus.PENDING, "paymentreview"),
                            new FraudFlag("T1", true, "paymentreview"));
            var completed = Ipns.notification(says("txn_id", "T1", "payment_status", "Completed", "mc_gross", "10.00"));
            var reviewed = Ipns.notification(pending("paymentreview"));
            assertThat(completed.facts()).contains(new FraudFlag("T1", false, "completed"));
            assertThat(completed.occurredAt()).isEqualTo(reviewed.occurredAt());
            assertThat(completed.sequence()).isGreaterThan(reviewed.sequence());
        }

        @ParameterizedTest
        @CsvSource({
            "Denied, FAILED",
            "Failed, FAILED",
            "Voided, CANCELED",
            "Expired, EXPIRED",
            "Created, PENDING",
            "In-Progress, PENDING"
        })
        void an_attempt_ends_or_waits(String status, AttemptStatus attempt) {
            assertThat(told(says("txn_id", "T1", "payment_status", status, "reason_code", "why")))
                    .containsExactly(new Attempt("T1", attempt, "why"));
        }

        @ParameterizedTest
        @CsvSource({
            "Refunded, SUCCEEDED",
            "Partially_Refunded, SUCCEEDED",
            "Pending, PENDING",
            "Completed, SUCCEEDED",
            "Failed, FAILED",
            "Denied, FAILED",
            "Voided, CANCELED"
        })
        void a_refund_has_a_status_of_its_own(String status, RefundStatus refund) {
            assertThat(told(says(
                            "txn_id",
                            "R1",
                            "parent_txn_id",
                            "T1",
                            "payment_status",
                            status,
                            "mc_gross",
                            "-10.00",
                            "reason_code",
                            "refund")))
                    .containsExactly(new Refund("R1", TEN, refund));
        }

        @ParameterizedTest
        @ValueSource(strings = {"chargeback", "buyer_complaint", "unauthorized_claim", "guarantee", "refund"})
        void a_reversal_takes_the_money_and_its_cancellation_brings_it_back(String reason) {
            assertThat(told(reversal("V1", "Reversed", "-10.00", reason)))
                    .containsExactly(
                            new Dispute("T1", Optional.of(TEN), DisputeStatus.OPEN, reason),
                            new DisputeFunds("V1", TEN, DisputeMovement.WITHDRAWN));
            assertThat(told(reversal("V2", "Canceled_Reversal", "10.00", reason)))
                    .containsExactly(
                            new Dispute("T1", Optional.of(TEN), DisputeStatus.WON, reason),
                            new DisputeFunds("V2", TEN, DisputeMovement.REINSTATED));
        }

        @Test
        void what_is_newer_within_one_second_follows_the_life_of_a_payment() {
            var statuses =
                    Stream.of("Created", "Pending", "Denied", "Completed", "Refunded", "Reversed", "Canceled_Reversal");
            assertThat(statuses.map(status -> Ipns.notification(
                                    says("txn_id", "T1", "payment_status", status, "mc_gross", "10.00"))
                            .sequence()))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "web_accept",
                    "cart",
                    "express_checkout",
                    "send_money",
                    "virtual_terminal",
                    "pro_hosted",
                    "merch_pmt",
                    "masspay",
                    "payout",
                    "something_new",
                    ""
                })
        void the_type_of_a_single_payment_does_not_matter(String type) {
            assertThat(told(says("txn_type", type, "txn_id", "T1", "payment_status", "Completed", "mc_gross", "10.00")))
                    .contains(new Captured("T1", TEN, Optional.empty()));
        }

        private static Delivery pending(String reason) {
            return says("txn_id", "T1", "payment_status", "Pending", "pending_reason", reason, "mc_gross", "10.00");
        }

        private static Delivery reversal(String id, String status, String gross, String reason) {
            return says(
                    "txn_id",
                    id,
                    "parent_txn_id",
                    "T1",
                    "payment_status",
                    status,
                    "mc_gross",
                    gross,
                    "reason_code",
                    reason);
        }
    }

    @Nested
    class Cases {
        @Test
        void a_new_case_is_about_the_sale_and_takes_nothing() {
            assertThat(told(says(
                            "txn_type",
                            "new_case",
                            "txn_id",
                            "T1",
                            "case_id",
                            "PP-1",
                            "case_type",
                            "complaint",
                            "case_creation_date",
                            "05:00:00 Sep 02, 2026 PDT",
                            "payment_date",
                            "")))
                    .containsExactly(new Dispute("T1", Optional.empty(), DisputeStatus.OPEN, "complaint"));
        }

        @ParameterizedTest
        @CsvSource({"-10.00, LOST, WITHDRAWN", "10.00, WON, REINSTATED"})
        void a_settlement_is_lost_or_won_by_the_money_it_moves(
                String gross, DisputeStatus status, DisputeMovement movement) {
            assertThat(told(adjustment(gross)))
                    .containsExactly(
                            new Dispute("T1", Optional.of(TEN), status, "settled"),
                            new DisputeFunds("A1", TEN, movement));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0.00", "-0.00"})
        void a_settlement_that_moves_nothing_does_not_say_who_won(String gross) {
            assertThat(translation(adjustment(gross))).isEqualTo(new Ignored("adjustment/Completed"));
        }

        private static Delivery adjustment(String gross) {
            return says(
                    "txn_type",
                    "adjustment",
                    "txn_id",
                    "A1",
                    "parent_txn_id",
                    "T1",
                    "payment_status",
                    "Completed",
                    "mc_gross",
                    gross,
                    "reason_code",
                    "settled");
        }
    }

    @Nested
    class Subscriptions {
        private static final Instant SEP_1 = Instant.parse("2026-09-01T12:00:00Z");

        @ParameterizedTest
        @CsvSource({
            "subscr_signup, PENDING, false",
            "subscr_failed, PAST_DUE, false",
            "subscr_cancel, ACTIVE, true",
            "subscr_eot, EXPIRED, false",
            "recurring_payment_profile_created, PENDING, false",
            "recurring_payment_skipped, PAST_DUE, false",
            "recurring_payment_failed, PAST_DUE, false",
            "recurring_payment_outstanding_payment_failed, PAST_DUE, false",
            "recurring_payment_suspended, PAUSED, false",
            "recurring_payment_suspended_due_to_max_failed_payment, UNPAID, false",
            "recurring_payment_profile_cancel, CANCELED, false",
            "recurring_payment_expired, EXPIRED, false"
        })
        void standing(String type, SubscriptionStatus status, boolean ends) {
            assertThat(told(says("txn_type", type, "recurring_payment_id", "I-1")))
                    .containsExactly(new Subscription(
                            "I-1", status, Optional.empty(), Optional.empty(), ends, Optional.empty()));
        }

        @Test
        void a_sign_up_with_a_free_first_period_is_a_trial_until_its_end() {
            assertThat(told(signup("0.00", "2 W"))).containsExactly(trial(Instant.parse("2026-09-15T12:00:00Z")));
            assertThat(told(signup("0.00", "1 D"))).containsExactly(trial(Instant.parse("2026-09-02T12:00:00Z")));
            assertThat(told(signup("0", "1 Y"))).containsExactly(trial(Instant.parse("2027-09-01T12:00:00Z")));
            // winter time began meanwhile: the same hour of the day by PayPal's clock
            assertThat(told(signup("0.00", "3 M"))).containsExactly(trial(Instant.parse("2026-12-01T13:00:00Z")));
        }

        @Test
        void a_first_period_that_is_paid_for_or_makes_no_sense_is_no_trial() {
            assertThat(Stream.of(signup("1.00", "1 M"), signup("", "1 M"), signup("0.00", ""), signup("0.00", "soon"))
                            .flatMap(message -> told(message).stream()))
                    .hasSize(4)
                    .allMatch(fact -> ((Subscription) fact).status() == SubscriptionStatus.PENDING);
        }

        @Test
        void a_profile_in_its_free_trial_says_when_the_first_payment_is_due() {
            assertThat(told(says(
                            "txn_type",
                            "recurring_payment_profile_created",
                            "recurring_payment_id",
                            "I-1",
                            "period_type",
                            " Trial",
                            "amount",
                            "0.00",
                            "payment_date",
                            "",
                            "time_created",
                            "05:00:00 Sep 01, 2026 PDT",
                            "next_payment_date",
                            "03:00:00 Oct 01, 2026 PDT")))
                    .containsExactly(new Subscription(
                            "I-1",
                            SubscriptionStatus.TRIALING,
                            Optional.of(Instant.parse("2026-10-01T10:00:00Z")),
                            Optional.of(Instant.parse("2026-10-01T10:00:00Z")),
                            false,
                            Optional.empty()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"recurring_payment", "recurring_payment_outstanding_payment"})
        void a_recurring_payment_pays_until_the_next_one(String type) {
            assertThat(bill(says(
                            "txn_type",
                            type,
                            "recurring_payment_id",
                            "I-1",
                            "txn_id",
                            "T1",
                            "payment_status",
                            "Completed",
                            "mc_gross",
                            "10.00",
                            "next_payment_date",
                            "03:00:00 Oct 01, 2026 PDT")))
                    .isEqualTo(new Bill(
                            "T1",
                            Fact.BillStatus.PAID,
                            Optional.of("paypal-ipn/main/I-1"),
                            TEN,
                            TEN,
                            Optional.of(SEP_1),
                            Optional.of(Instant.parse("2026-10-01T10:00:00Z"))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "N/A", "05:00:00 Sep 01, 2026 PDT", "05:00:00 Aug 01, 2026 PDT"})
        void where_no_later_payment_is_planned_the_product_says_until_when(String next) {
            assertThat(bill(says(
                                    "txn_type",
                                    "recurring_payment",
                                    "recurring_payment_id",
                                    "I-1",
                                    "txn_id",
                                    "T1",
                                    "payment_status",
                                    "Completed",
                                    "mc_gross",
                                    "10.00",
                                    "next_payment_date",
                                    next))
                            .until())
                    .isEmpty();
        }

        @Test
        void a_payment_that_still_waits_pays_for_nothing() {
            assertThat(told(says(
                            "txn_type",
                            "subscr_payment",
                            "subscr_id",
                            "S-1",
                            "txn_id",
                            "T1",
                            "payment_status",
                            "Pending",
                            "pending_reason",
                            "echeck",
                            "mc_gross",
                            "10.00")))
                    .containsExactly(new Attempt("T1", AttemptStatus.PENDING, "echeck"));
        }

        @Test
        void another_plan_changes_what_is_bought_and_not_the_standing() {
            assertThat(Ipns.notification(says("txn_type", "subscr_modify", "subscr_id", "S-1", "item_name", "Premium+"))
                            .facts())
                    .containsExactly(new Sku("Premium+"));
        }

        private static Delivery signup(String firstAmount, String firstPeriod) {
            return says(
                    "txn_type",
                    "subscr_signup",
                    "subscr_id",
                    "S-1",
                    "payment_date",
                    "",
                    "subscr_date",
                    "05:00:00 Sep 01, 2026 PDT",
                    "mc_amount1",
                    firstAmount,
                    "period1",
                    firstPeriod,
                    "mc_amount3",
                    "8.00",
                    "period3",
                    "1 M");
        }

        private static Subscription trial(Instant end) {
            return new Subscription(
                    "S-1", SubscriptionStatus.TRIALING, Optional.empty(), Optional.of(end), false, Optional.empty());
        }

        private static Bill bill(Delivery delivery) {
            return told(delivery).stream()
                    .filter(Bill.class::isInstance)
                    .map(Bill.class::cast)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    class What_is_about_something_else_is_ignored {
        @Test
        void agreements_pay_outs_and_unknown_types() {
            assertThat(translation(says("txn_type", "mp_signup", "mp_id", "B-1")))
                    .isEqualTo(new Ignored("mp_signup"));
            assertThat(translation(says("txn_type", "mp_cancel", "mp_id", "B-1")))
                    .isEqualTo(new Ignored("mp_cancel"));
            assertThat(translation(says(
                            "txn_type",
                            "masspay",
                            "payment_status",
                            "Completed",
                            "receiver_email",
                            "",
                            "receiver_email_1",
                            "payee@example.com",
                            "mc_gross_1",
                            "10.00",
                            "txn_id",
                            "")))
                    .isEqualTo(new Ignored("masspay/Completed"));
            assertThat(translation(says("txn_type", "something_new", "txn_id", "T1")))
                    .isEqualTo(new Ignored("something_new"));
            assertThat(translation(says("payment_status", "Astonished", "txn_id", "T1")))
                    .isEqualTo(new Ignored("Astonished"));
            assertThat(translation(says("transaction_type", "Adaptive Payment PAY")))
                    .isEqualTo(new Ignored(""));
        }

        @Test
        void the_money_of_a_mass_payment_to_us_counts() {
            assertThat(translation(says(
                            "txn_type", "masspay", "payment_status", "Completed", "txn_id", "T1", "mc_gross", "10.00")))
                    .isInstanceOf(Understood.class);
        }
    }
}
