package ipn.gateway.paypalipn;

import static ipn.gateway.paypalipn.Ipns.says;
import static ipn.gateway.paypalipn.Ipns.told;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Attempt;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Invoice;
import ipn.fact.Fact.Sku;
import ipn.fact.Fact.Subscription;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every {@code txn_type} of a subscription. */
class IpnSubscriptionsTest {
    private static final Money TEN = new Money(1000, "USD");

    private static final Instant SEP_1 = Instant.parse("2026-09-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "subscr_signup, PENDING",
        "subscr_failed, PAST_DUE",
        "subscr_cancel, CANCELED",
        "subscr_eot, EXPIRED",
        "recurring_payment_profile_created, PENDING",
        "recurring_payment_skipped, PAST_DUE",
        "recurring_payment_failed, PAST_DUE",
        "recurring_payment_outstanding_payment_failed, PAST_DUE",
        "recurring_payment_suspended, PAUSED",
        "recurring_payment_suspended_due_to_max_failed_payment, UNPAID",
        "recurring_payment_profile_cancel, CANCELED",
        "recurring_payment_expired, EXPIRED"
    })
    void status(String type, SubscriptionStatus status) {
        assertThat(told(says("txn_type", type, "recurring_payment_id", "I-1")))
                .containsExactly(
                        new Subscription("I-1", status, Optional.empty(), Optional.empty(), false, Optional.empty()));
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
    void two_free_periods_are_one_trial_of_both_lengths() {
        var both = signup("0.00", "1 W", "mc_amount2", "0.00", "period2", "1 M");
        var secondPaid = signup("0.00", "1 W", "mc_amount2", "2.00", "period2", "1 M");

        assertThat(told(both)).containsExactly(trial(Instant.parse("2026-10-08T12:00:00Z")));
        assertThat(told(secondPaid)).containsExactly(trial(Instant.parse("2026-09-08T12:00:00Z")));
    }

    @Test
    void a_canceled_profile_is_canceled() {
        assertThat(told(says(
                        "txn_type",
                        "recurring_payment_profile_cancel",
                        "recurring_payment_id",
                        "I-1",
                        "profile_status",
                        "Cancelled",
                        "period_type",
                        " Regular",
                        "next_payment_date",
                        "N/A")))
                .containsExactly(new Subscription(
                        "I-1",
                        SubscriptionStatus.CANCELED,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty()));
    }

    @Test
    void no_payment_has_a_line_because_the_payer_can_edit_the_button() {
        var paid = invoice(says(
                "txn_type", "subscr_payment",
                "subscr_id", "S-1",
                "txn_id", "T1",
                "payment_status", "Completed",
                "mc_gross", "10.00"));

        assertThat(paid.breakdown()).isEmpty();
        assertThat(new PayPalIpnGateway().payerWords()).containsExactlyInAnyOrder(Word.values());
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
        assertThat(invoice(says(
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
                .isEqualTo(new Invoice(
                        "T1",
                        Fact.InvoiceStatus.PAID,
                        Optional.of("paypal-ipn/main/I-1"),
                        TEN,
                        TEN,
                        Optional.of(SEP_1),
                        Optional.of(Instant.parse("2026-10-01T10:00:00Z"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "N/A", "05:00:00 Sep 01, 2026 PDT", "05:00:00 Aug 01, 2026 PDT"})
    void where_no_later_payment_is_planned_the_product_says_until_when(String next) {
        assertThat(invoice(says(
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

    private static Delivery signup(String firstAmount, String firstPeriod, String... more) {
        var variables = new ArrayList<>(List.of(
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
                "1 M"));
        variables.addAll(List.of(more));
        return says(variables.toArray(String[]::new));
    }

    private static Subscription trial(Instant end) {
        return new Subscription(
                "S-1", SubscriptionStatus.TRIALING, Optional.empty(), Optional.of(end), false, Optional.empty());
    }

    private static Invoice invoice(Delivery delivery) {
        return told(delivery).stream()
                .filter(Invoice.class::isInstance)
                .map(Invoice.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
