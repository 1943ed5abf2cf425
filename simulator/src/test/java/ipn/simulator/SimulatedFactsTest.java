package ipn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.settings.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapters accept simulated notifications of Paddle, Coinbase and Mollie and translate them into the expected facts. */
class SimulatedFactsTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final AtomicInteger JUDGED = new AtomicInteger();
    private static final String EVENTS = """
            paddle   | transaction.created                     | Attempt
            paddle   | transaction.paid                        | Captured
            paddle   | transaction.completed                   | Captured
            paddle   | transaction.payment_failed              | Attempt
            paddle   | transaction.canceled                    | Attempt
            paddle   | transaction.completed.subscription      | Captured Invoice
            paddle   | transaction.payment_failed.subscription | Attempt Invoice
            paddle   | transaction.past_due.subscription       | Attempt Invoice
            paddle   | adjustment.created.refund               | nothing
            paddle   | adjustment.updated.refund               | Refund
            paddle   | adjustment.created.chargeback           | Dispute DisputeFunds
            paddle   | adjustment.created.chargeback_reverse   | Dispute DisputeFunds
            paddle   | adjustment.created.chargeback_warning   | FraudFlag
            paddle   | subscription.created                    | Subscription
            paddle   | subscription.updated                    | Subscription
            paddle   | subscription.updated.will_cancel        | Subscription
            paddle   | subscription.past_due                   | Subscription
            paddle   | subscription.paused                     | Subscription
            paddle   | subscription.canceled                   | Subscription
            coinbase | charge:created                          | Attempt
            coinbase | charge:pending                          | Attempt
            coinbase | charge:confirmed                        | Captured
            coinbase | charge:failed                           | Attempt
            coinbase | charge:delayed                          | Captured FraudFlag
            coinbase | charge:resolved                         | Captured FraudFlag
            coinbase | payment_link.payment.success            | Captured
            coinbase | payment_link.payment.failed             | Attempt
            coinbase | payment_link.payment.expired            | Attempt
            mollie   | payment.open                            | Attempt
            mollie   | payment.paid                            | Captured
            mollie   | payment.failed                          | Attempt
            mollie   | payment.canceled                        | Attempt
            mollie   | payment.expired                         | Attempt
            mollie   | payment.open.subscription               | Attempt Invoice
            mollie   | payment.paid.subscription               | Captured Invoice
            mollie   | payment.failed.subscription             | Attempt Invoice
            mollie   | refund.queued                           | nothing
            mollie   | refund.refunded                         | Refund
            mollie   | refund.failed                           | Refund
            mollie   | chargeback.received                     | Dispute DisputeFunds
            mollie   | chargeback.reversed                     | Dispute DisputeFunds
            """;

    private static GatewayStandIn standIn;
    private static Settings settings;
    private static Accounts accounts;

    @BeforeAll
    static void start() throws IOException {
        standIn = GatewayStandIn.start(0);
        settings = TestSettings.read(
                Map.of("IPN_GATEWAYS_MOLLIE_MAIN_FETCH_VIA", standIn.url().toString()));
        accounts = Accounts.from(settings);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = EVENTS)
    void an_event_is_genuine_and_becomes_its_facts(String gateway, String event, String facts) throws Exception {
        var outgoing = notification(gateway, event, Fault.NONE);
        new DeliveryClient().register(standIn.url(), outgoing.documents());
        var verdict = judge(gateway, outgoing);
        assertThat(verdict).isInstanceOf(Genuine.class);
        var source = ((Genuine) verdict).fetched().isEmpty()
                ? outgoing.received(NOW)
                : ((Genuine) verdict).fetched().get(0);
        var expected = facts.equals("nothing") ? List.<String>of() : List.of(facts.split(" "));
        assertThat(kinds(account(gateway), source)).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paddle", "coinbase", "mollie"})
    void every_event_is_tested(String gateway) {
        assertThat(EVENTS.lines()
                        .map(line -> line.split("\\|"))
                        .filter(row -> row[0].strip().equals(gateway))
                        .map(row -> row[1].strip()))
                .containsExactlyInAnyOrderElementsOf(
                        Simulator.find(gateway).orElseThrow().events());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = EVENTS)
    void a_forged_event_is_rejected(String gateway, String event) {
        assertThat(judge(gateway, notification(gateway, event, Fault.FORGED)))
                .isInstanceOfAny(Rejected.class, Dismissed.class);
    }

    @Test
    void coinbases_links_have_a_signing_secret_of_their_own() {
        var section = settings.in("gateways").in("coinbase").in("main");
        assertThat(Senders.secrets(section))
                .doesNotContain(section.secrets("cdp-secrets", true, 1).get(0).text());
    }

    private static List<String> kinds(GatewayAccount account, Delivery delivery) {
        var items = account.identify(delivery);
        var translation = account.translate(delivery, items.get(0));
        if (translation instanceof Translation.Ignored) {
            return List.of();
        }
        assertThat(translation).isInstanceOf(Translation.Understood.class);
        return ((Translation.Understood) translation)
                .notification().facts().stream()
                        .filter(fact -> !(fact instanceof Fact.Reference || fact instanceof Fact.Sku))
                        .map(fact -> fact.getClass().getSimpleName())
                        .toList();
    }

    /** Each a little later, within the limit of look-ups a second. */
    private static Verdict judge(String gateway, Outgoing outgoing) {
        var now = NOW.plusMillis(100L * JUDGED.incrementAndGet());
        return account(gateway)
                .authenticate(outgoing.received(NOW), now)
                .toCompletableFuture()
                .join();
    }

    private static Outgoing notification(String gateway, String event, Fault fault) {
        var sender = Senders.find(settings, gateway, "main").orElseThrow();
        var simulated = Simulator.find(gateway).orElseThrow();
        var token = event.replaceAll("[^a-z]", "") + fault.name();
        var sample =
                new Sample(simulated.ids(token), Map.of(ReferenceName.SUBJECT, "u_42"), new Money(800, "USD"), NOW);
        return new Simulator(simulated, sender).notification(event, sample, fault, NOW);
    }

    private static GatewayAccount account(String gateway) {
        return accounts.find(gateway, "main").orElseThrow();
    }
}
