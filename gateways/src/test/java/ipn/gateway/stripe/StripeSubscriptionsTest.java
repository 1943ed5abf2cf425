package ipn.gateway.stripe;

import static ipn.gateway.stripe.StripeSays.facts;
import static ipn.gateway.stripe.StripeSays.paymentId;
import static ipn.gateway.stripe.StripeSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.Line;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions, invoices and checkout sessions. */
class StripeSubscriptionsTest {
    private static final String INVOICE =
            "'id': 'in_1', 'object': 'invoice', 'currency': 'usd', 'amount_due': 800, 'amount_paid': 800";
    private static final String SESSION =
            "'id': 'cs_1', 'object': 'checkout.session', 'currency': 'usd', 'amount_total': 2500";
    private static final Instant START = Instant.ofEpochSecond(1_788_264_000);
    private static final Instant END = Instant.ofEpochSecond(1_790_856_000);

    @ParameterizedTest
    @CsvSource({
        "created, incomplete,         PENDING",
        "updated, incomplete_expired, EXPIRED",
        "created, trialing,           TRIALING",
        "updated, active,             ACTIVE",
        "resumed, active,             ACTIVE",
        "updated, past_due,           PAST_DUE",
        "updated, unpaid,             UNPAID",
        "updated, paused,             PAUSED",
        "paused,  paused,             PAUSED",
        "updated, canceled,           CANCELED",
        "deleted, canceled,           CANCELED",
        "deleted, incomplete_expired, EXPIRED"
    })
    void a_subscription_stands_as_it_says(String event, String status, SubscriptionStatus expected) {
        assertThat(facts("customer.subscription." + event, "{'id': 'sub_1', 'status': '" + status + "'}"))
                .containsExactly(new Fact.Subscription(
                        "sub_1", expected, Optional.empty(), Optional.empty(), false, Optional.empty()));
    }

    @Test
    void its_items_are_what_it_is_for_now() {
        var two = """
                {'id': 'sub_1', 'status': 'active', 'items': {'has_more': %s, 'data': [
                  {'price': {'id': 'price_1', 'lookup_key': 'premium', 'product': 'prod_1'}},
                  {'price': {'id': 'price_2', 'product': 'prod_2'}}]}}""";
        var subscription = standing(SubscriptionStatus.ACTIVE, Optional.empty(), false, Optional.empty());
        assertThat(facts("customer.subscription.updated", two.formatted(false)))
                .contains(
                        subscription.withItems(
                                List.of(List.of("price_1", "premium", "prod_1"), List.of("price_2", "prod_2"))),
                        new Fact.Sku("price_1"),
                        new Fact.Sku("price_2"));
        assertThat(facts("customer.subscription.updated", two.formatted(true)))
                .as("an item that the event leaves out is not removed")
                .contains(subscription);
    }

    @Test
    void pausing_the_collection_does_not_stop_access() {
        assertThat(facts(
                        "customer.subscription.updated",
                        "{'id': 'sub_1', 'status': 'active', 'pause_collection': {'behavior': 'void'}}"))
                .containsExactly(standing(SubscriptionStatus.ACTIVE, Optional.empty(), false, Optional.empty()));
    }

    @Test
    void the_period_ends_where_the_api_version_says_so() {
        var expected = standing(SubscriptionStatus.ACTIVE, Optional.of(END), false, Optional.empty());
        assertThat(facts(
                        "customer.subscription.updated",
                        "{'id': 'sub_1', 'status': 'active', 'current_period_end': 1790856000}"))
                .containsExactly(expected);
        assertThat(facts("customer.subscription.updated", """
                {'id': 'sub_1', 'status': 'active', 'items': {'data': [
                  {'current_period_end': 1788264000}, {'current_period_end': 1790856000}]}}""")).containsExactly(expected);
    }

    @Test
    void a_cancellation_may_be_scheduled_for_the_period_end_or_a_day() {
        assertThat(
                        facts(
                                "customer.subscription.updated",
                                "{'id': 'sub_1', 'status': 'active', 'cancel_at_period_end': true, 'current_period_end': 1790856000}"))
                .containsExactly(standing(SubscriptionStatus.ACTIVE, Optional.of(END), true, Optional.of(END)));
        assertThat(
                        facts(
                                "customer.subscription.updated",
                                "{'id': 'sub_1', 'status': 'active', 'cancel_at': 1788264000, 'current_period_end': 1790856000}"))
                .containsExactly(standing(SubscriptionStatus.ACTIVE, Optional.of(END), true, Optional.of(START)));
    }

    @Test
    void whatever_came_first_within_the_second_of_creation_the_furthest_status_counts() {
        long before = -1;
        for (var status : new String[] {"incomplete", "trialing", "active", "past_due", "unpaid", "canceled"}) {
            var sequence = understood("customer.subscription.updated", "{'id': 'sub_1', 'status': '" + status + "'}")
                    .sequence();
            assertThat(sequence).as(status).isGreaterThan(before);
            before = sequence;
        }
    }

    @Test
    void what_was_bought_goes_by_price_lookup_key_and_product() {
        assertThat(facts("customer.subscription.created", """
                {'id': 'sub_1', 'status': 'active', 'items': {'data': [
                  {'price': {'id': 'price_1', 'lookup_key': 'premium monthly', 'product': {'id': 'prod_1'}},
                   'plan': {'id': 'price_1', 'product': 'prod_1'}}]}}"""))
                .contains(new Fact.Sku("price_1"), new Fact.Sku("premium monthly"), new Fact.Sku("prod_1"))
                .hasSize(4);
    }

    @Test
    void an_invoice_of_before_2025_names_its_subscription_and_its_payment_at_the_top() {
        var invoice = "{" + INVOICE + """
                , 'subscription': 'sub_1', 'payment_intent': 'pi_1', 'charge': 'ch_1', 'period_end': 1,
                'subscription_details': {'metadata': {'user_id': 'u_42'}},
                'lines': {'data': [{'type': 'subscription', 'amount': 800, 'period': {'start': 1788264000, 'end': 1790856000},
                  'price': {'id': 'price_1', 'product': 'prod_1'}}]}}""";
        assertThat(paymentId("invoice.paid", invoice)).isEqualTo("in_1");
        assertThat(facts("invoice.payment_succeeded", invoice))
                .isEqualTo(facts("invoice.paid", invoice))
                .containsExactly(
                        invoice(
                                        InvoiceStatus.PAID,
                                        Optional.of("stripe/main/sub_1"),
                                        Optional.of(START),
                                        Optional.of(END))
                                .with(lines(monthly(List.of("price_1", "prod_1")))),
                        new Fact.Link(LinkKind.PAID_BY, "stripe/main/pi_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("price_1"),
                        new Fact.Sku("prod_1"));
    }

    @Test
    void an_old_invoice_paid_by_a_direct_charge_is_settled_by_the_charge() {
        assertThat(facts("invoice.paid", "{" + INVOICE + ", 'payment_intent': null, 'charge': 'ch_1'}"))
                .contains(new Fact.Link(LinkKind.PAID_BY, "stripe/main/ch_1"));
    }

    @Test
    void the_period_is_the_latest_of_the_subscription_lines_and_credits_do_not_count() {
        assertThat(facts("invoice.paid", "{" + INVOICE + """
                , 'parent': {'subscription_details': {'subscription': 'sub_1'}}, 'lines': {'data': [
                {'amount': -300, 'subscription': 'sub_1', 'period': {'start': 1788000000, 'end': 1799999999}, 'price': {'id': 'price_old'},
                 'metadata': {'user_id': 'u_old'}},
                {'amount': 500, 'parent': {'invoice_item_details': {}}, 'period': {'start': 1788000000, 'end': 1799999999}},
                {'amount': 100, 'subscription': 'sub_1', 'period': {'start': 1785672000, 'end': 1788264000}},
                {'amount': 800, 'parent': {'subscription_item_details': {'subscription': 'sub_1'}}, 'metadata': {'user_id': 'u_42'},
                 'period': {'start': 1788264000, 'end': 1790856000}, 'pricing': {'price_details': {'price': 'price_1', 'product': 'prod_1'}}}]}}"""))
                .containsExactly(
                        invoice(
                                        InvoiceStatus.PAID,
                                        Optional.of("stripe/main/sub_1"),
                                        Optional.of(START),
                                        Optional.of(END))
                                .with(lines(
                                        Line.of(List.of("price_old"), 1, -300)
                                                .withPeriod(
                                                        Optional.of(Instant.ofEpochSecond(1_788_000_000)),
                                                        Optional.of(Instant.ofEpochSecond(1_799_999_999))),
                                        Line.of(List.of(), 1, 500),
                                        Line.of(List.of(), 1, 100)
                                                .withPeriod(
                                                        Optional.of(Instant.ofEpochSecond(1_785_672_000)),
                                                        Optional.of(START)),
                                        monthly(List.of("price_1", "prod_1")))),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("price_1"),
                        new Fact.Sku("prod_1"));
    }

    @ParameterizedTest
    @CsvSource({
        "created, OPEN",
        "finalized, OPEN",
        "paid, PAID",
        "payment_failed, FAILED",
        "voided, VOID",
        "marked_uncollectible, UNCOLLECTIBLE"
    })
    void an_invoice_stands_as_the_event_says(String event, InvoiceStatus status) {
        assertThat(facts("invoice." + event, "{" + INVOICE + "}"))
                .containsExactly(invoice(status, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void an_invoice_created_and_paid_within_a_second_is_paid() {
        assertThat(understood("invoice.paid", "{" + INVOICE + "}").sequence())
                .isGreaterThan(understood("invoice.payment_failed", "{" + INVOICE + "}")
                        .sequence())
                .isGreaterThan(
                        understood("invoice.finalized", "{" + INVOICE + "}").sequence());
    }

    @Test
    void the_invoices_own_words_count_before_the_subscriptions_and_the_lines() {
        assertThat(facts("invoice.paid", "{" + INVOICE + """
                , 'metadata': {'order_id': 'ord_1'},
                'parent': {'subscription_details': {'metadata': {'order_id': 'ord_2', 'user_id': 'u_1'}}},
                'lines': {'data': [{'metadata': {'order_id': 'ord_3', 'user_id': 'u_2', 'product': 'premium'}}]}}"""))
                .contains(
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_1"),
                        new Fact.Reference(ReferenceName.PRODUCT, "premium"));
    }

    @Test
    void an_invoice_payment_is_about_the_payment() {
        assertThat(paymentId(
                        "invoice_payment.paid", "{'id': 'inpay_1', 'payment': {'type': 'charge', 'charge': 'ch_1'}}"))
                .isEqualTo("ch_1");
        assertThat(paymentId("invoice_payment.paid", "{'id': 'inpay_1', 'payment': {'payment_record': 'pr_1'}}"))
                .isEqualTo("inpay_1");
    }

    @Test
    void a_paid_session_is_the_same_fact_as_its_intent() {
        var session = "{" + SESSION
                + ", 'mode': 'payment', 'payment_status': 'paid', 'payment_intent': 'pi_1', 'client_reference_id': 'u_42', 'metadata': {'order_id': 'ord_1'}}";
        assertThat(paymentId("checkout.session.completed", session)).isEqualTo("pi_1");
        assertThat(facts("checkout.session.async_payment_succeeded", session))
                .isEqualTo(facts("checkout.session.completed", session))
                .containsExactly(
                        new Fact.Captured("pi_1", new Money(2500, "USD"), Optional.empty()),
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"));
    }

    @Test
    void metadata_counts_before_the_client_reference() {
        assertThat(
                        facts(
                                "checkout.session.completed",
                                "{" + SESSION
                                        + ", 'mode': 'payment', 'payment_status': 'paid', 'payment_intent': 'pi_1', 'client_reference_id': 'basket_9', 'metadata': {'user_id': 'u_42'}}"))
                .contains(new Fact.Reference(ReferenceName.SUBJECT, "u_42"))
                .hasSize(2);
    }

    @Test
    void a_session_not_paid_yet_is_pending_then_failed_or_expired() {
        var session = "{" + SESSION + ", 'mode': 'payment', 'payment_status': 'unpaid', 'payment_intent': 'pi_1'}";
        assertThat(facts("checkout.session.completed", session))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.PENDING, ""));
        assertThat(facts("checkout.session.async_payment_failed", session))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.FAILED, ""));
        assertThat(facts("checkout.session.expired", "{" + SESSION + ", 'mode': 'payment', 'payment_intent': null}"))
                .containsExactly(new Fact.Attempt("cs_1", AttemptStatus.ABANDONED, ""));
    }

    @Test
    void a_session_of_a_subscription_says_who_bought_and_leaves_the_money_to_the_invoice() {
        var session = "{" + SESSION
                + ", 'mode': 'subscription', 'payment_status': 'paid', 'invoice': 'in_1', 'subscription': 'sub_1', 'client_reference_id': 'u_42'}";
        assertThat(paymentId("checkout.session.completed", session)).isEqualTo("in_1");
        assertThat(facts("checkout.session.completed", session))
                .containsExactly(new Fact.Reference(ReferenceName.SUBJECT, "u_42"));
        assertThat(paymentId("checkout.session.completed", session.replace("'in_1'", "null")))
                .isEqualTo("sub_1");
        assertThat(paymentId("checkout.session.completed", "{'id': 'cs_1', 'mode': 'setup'}"))
                .isEqualTo("cs_1");
    }

    @Test
    void a_session_without_any_word_of_the_merchant_carries_no_fact() {
        assertThat(StripeSays.translated(
                        StripeSays.event("checkout.session.completed", "{" + SESSION + ", 'mode': 'setup'}")))
                .isEqualTo(new Translation.Ignored("checkout.session.completed"));
    }

    private static Fact.Subscription standing(
            SubscriptionStatus status, Optional<Instant> periodEnd, boolean scheduled, Optional<Instant> cancelAt) {
        return new Fact.Subscription("sub_1", status, periodEnd, Optional.empty(), scheduled, cancelAt);
    }

    private static Breakdown lines(Line... lines) {
        return new Breakdown(InvoiceReason.OTHER, 0, 0, 0, List.of(lines));
    }

    private static Line monthly(List<String> skus) {
        return Line.of(skus, 1, 800).withPeriod(Optional.of(START), Optional.of(END));
    }

    private static Fact.Invoice invoice(
            InvoiceStatus status, Optional<String> subscription, Optional<Instant> from, Optional<Instant> until) {
        return new Fact.Invoice(
                "in_1", status, subscription, new Money(800, "USD"), new Money(800, "USD"), from, until);
    }
}
