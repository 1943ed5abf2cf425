package ipn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapters accept and translate the simulated notifications of Razorpay, Square and Shopify. */
class RetailSimulatorsTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final Settings SETTINGS = Settings.parse("""
            gateways:
              razorpay: {main: {mode: test, secrets: ["test:TEST_ONLY_0123456789"]}}
              square: {main: {mode: test, secrets: ["test:TEST_ONLY_0123456789_square"], url: "https://shop.example.com/x", subject: customer-id}}
              shopify: {main: {mode: test, secrets: ["test:TEST_ONLY_0123456789_shopify"], shop: test-shop.myshopify.com}}
            """, Map.of(), Path.of(""));
    private static final Accounts ACCOUNTS = Accounts.from(SETTINGS);

    // spotless:off
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', value = {
        "razorpay | payment.authorized                  | payment      | Authorised 800",
        "razorpay | payment.captured                    | payment      | Captured 800",
        "razorpay | payment.failed                      | payment      | Attempt FAILED",
        "razorpay | refund.processed                    | payment      | Refund SUCCEEDED, RefundTotal 800",
        "razorpay | refund.failed                       | payment      | Refund FAILED",
        "razorpay | payment.dispute.created             | payment      | Dispute OPEN",
        "razorpay | payment.dispute.won                 | payment      | Dispute WON",
        "razorpay | payment.dispute.lost                | payment      | Dispute LOST, DisputeFunds WITHDRAWN",
        "razorpay | subscription.activated              | subscription | Subscription ACTIVE",
        "razorpay | subscription.charged                | payment      | Captured 800, Invoice PAID of subscription",
        "razorpay | subscription.pending                | subscription | Subscription PAST_DUE",
        "razorpay | subscription.halted                 | subscription | Subscription UNPAID",
        "razorpay | subscription.cancelled              | subscription | Subscription CANCELED",
        "square   | payment.created                     | payment      | Authorised 800",
        "square   | payment.updated                     | payment      | Captured 800",
        "square   | payment.updated.canceled            | payment      | Attempt CANCELED",
        "square   | payment.updated.failed              | payment      | Attempt FAILED",
        "square   | payment.updated.invoice             | payment      | Captured 800, Link PAYS",
        "square   | refund.updated                      | payment      | Refund SUCCEEDED",
        "square   | refund.updated.failed               | payment      | Refund FAILED",
        "square   | dispute.created                     | payment      | Dispute OPEN",
        "square   | dispute.state.updated.won           | payment      | Dispute WON",
        "square   | dispute.state.updated.lost          | payment      | Dispute LOST",
        "square   | invoice.payment_made                | invoice         | Invoice PAID of subscription",
        "square   | invoice.scheduled_charge_failed     | invoice         | Invoice FAILED of subscription",
        "square   | subscription.created                | subscription | Subscription ACTIVE",
        "square   | subscription.updated.deactivated    | subscription | Subscription PAST_DUE",
        "square   | subscription.updated.canceled       | subscription | Subscription CANCELED",
        "shopify  | orders/create                       | payment      | Invoice OPEN",
        "shopify  | orders/paid                         | payment      | Invoice PAID",
        "shopify  | orders/paid.renewal                 | payment      | Invoice PAID of subscription",
        "shopify  | orders/cancelled                    | payment      | Attempt CANCELED, Invoice VOID",
        "shopify  | order_transactions/create           | payment      | Captured 800",
        "shopify  | order_transactions/create.failure   | payment      | Attempt FAILED",
        "shopify  | refunds/create                      | payment      | Refund SUCCEEDED",
        "shopify  | disputes/create                     | payment      | Dispute OPEN",
        "shopify  | disputes/update.won                 | payment      | Dispute WON",
        "shopify  | disputes/update.lost                | payment      | Dispute LOST",
        "shopify  | subscription_contracts/create       | subscription | Subscription ACTIVE",
        "shopify  | subscription_contracts/cancel       | subscription | Subscription CANCELED",
        "shopify  | subscription_billing_attempts/success | subscription | Subscription ACTIVE",
        "shopify  | subscription_billing_attempts/failure | subscription | Subscription PAST_DUE"
    })
    // spotless:on
    void every_event_is_genuine_and_understood(String gateway, String event, String about, String facts) {
        var account = account(gateway);
        var delivery = send(gateway, event, Fault.NONE).received(NOW);
        assertThat(judge(account, gateway, event, Fault.NONE)).isInstanceOf(Genuine.class);
        var item = account.identify(delivery).get(0);
        var translation = account.translate(delivery, item);
        assertThat(translation).isInstanceOf(Translation.Understood.class);
        var translated = ((Translation.Understood) translation).notification().facts();
        assertThat(translated.stream()
                        .flatMap(RetailSimulatorsTest::shown)
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .isEqualTo(facts);
        var ids = Simulator.find(gateway).orElseThrow().ids("TEST0001");
        var named = Map.of("payment", ids.payment(), "invoice", ids.invoice(), "subscription", ids.subscription());
        assertThat(item.paymentKey()).endsWith(named.get(about));
    }

    @Test
    void every_event_is_tested() throws NoSuchMethodException {
        var rows = RetailSimulatorsTest.class
                .getDeclaredMethod(
                        "every_event_is_genuine_and_understood", String.class, String.class, String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();
        var shown = Stream.of(rows)
                .map(row -> row.split("\\|")[0].strip() + " " + row.split("\\|")[1].strip())
                .toList();
        var all = Stream.of("razorpay", "square", "shopify")
                .flatMap(gateway ->
                        Simulator.find(gateway).orElseThrow().events().stream().map(event -> gateway + " " + event))
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"razorpay payment.captured", "square payment.updated", "shopify orders/paid"})
    void references_are_read_and_faults_are_found(String what) {
        var gateway = what.split(" ")[0];
        var event = what.split(" ")[1];
        var account = account(gateway);
        var delivery = send(gateway, event, Fault.NONE).received(NOW);
        var item = account.identify(delivery).get(0);
        var notification = ((Translation.Understood) account.translate(delivery, item)).notification();
        assertThat(notification.facts())
                .contains(
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u 42"),
                        new Fact.Reference(ReferenceName.PRODUCT, "premium"));
        assertThat(judge(account, gateway, event, Fault.FORGED)).isInstanceOf(Rejected.class);
        assertThat(judge(account, gateway, event, Fault.TAMPERED)).isInstanceOf(Rejected.class);
        assertThat(judge(account, gateway, event, Fault.MALFORMED)).isInstanceOf(Genuine.class);
        var malformed = send(gateway, event, Fault.MALFORMED).received(NOW);
        assertThat(account.translate(malformed, account.identify(malformed).get(0)))
                .isInstanceOf(Translation.Refused.class);
    }

    private static Stream<String> shown(Fact fact) {
        if (fact instanceof Fact.Authorized authorised) {
            return Stream.of("Authorised " + authorised.amount().minorUnits());
        } else if (fact instanceof Fact.Captured captured) {
            return Stream.of("Captured " + captured.amount().minorUnits());
        } else if (fact instanceof Fact.RefundTotal total) {
            return Stream.of("RefundTotal " + total.amount().minorUnits());
        } else if (fact instanceof Fact.Refund refund) {
            return Stream.of("Refund " + refund.status());
        } else if (fact instanceof Fact.Dispute dispute) {
            return Stream.of("Dispute " + dispute.status());
        } else if (fact instanceof Fact.DisputeFunds funds) {
            return Stream.of("DisputeFunds " + funds.movement());
        } else if (fact instanceof Fact.Attempt attempt) {
            return Stream.of("Attempt " + attempt.status());
        } else if (fact instanceof Fact.Invoice invoice) {
            return Stream.of(
                    "Invoice " + invoice.status() + (invoice.subscription().isPresent() ? " of subscription" : ""));
        } else if (fact instanceof Fact.Subscription subscription) {
            return Stream.of("Subscription " + subscription.status());
        } else if (fact instanceof Fact.Link link) {
            return Stream.of("Link " + link.kind());
        }
        return Stream.empty();
    }

    private static Verdict judge(GatewayAccount account, String gateway, String event, Fault fault) {
        return account.authenticate(send(gateway, event, fault).received(NOW), NOW)
                .toCompletableFuture()
                .join();
    }

    private static GatewayAccount account(String gateway) {
        return ACCOUNTS.find(gateway, "main").orElseThrow();
    }

    private static Outgoing send(String gateway, String event, Fault fault) {
        var simulated = Simulator.find(gateway).orElseThrow();
        var sender = Senders.find(SETTINGS, gateway, "main").orElseThrow();
        var references = new TreeMap<>(Map.of(
                ReferenceName.ORDER, "ord_1",
                ReferenceName.SUBJECT, "u 42",
                ReferenceName.PRODUCT, "premium"));
        var sample = new Sample(simulated.ids("TEST0001"), references, new Money(800, "USD"), NOW);
        return new Simulator(simulated, sender).notification(event, sample, fault, NOW);
    }
}
