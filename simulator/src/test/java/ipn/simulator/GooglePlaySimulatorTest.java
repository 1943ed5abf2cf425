package ipn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Captured;
import ipn.fact.Fact.Invoice;
import ipn.fact.Fact.Reference;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.settings.Settings;
import ipn.simulator.vendor.GooglePlaySimulator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter accepts simulated notifications of Google Play for the built-in test account, and fetches their documents. */
class GooglePlaySimulatorTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final Money PRICE = new Money(895, "USD");

    /** Facts of the notification, of the purchase and of the order; references and products left out. */
    private static final String EVENTS = """
            SUBSCRIPTION_PURCHASED                  | Subscription | Subscription | Captured Invoice
            SUBSCRIPTION_RENEWED                    | Subscription | Subscription | Captured Invoice
            SUBSCRIPTION_RECOVERED                  | Subscription | Subscription | Captured Invoice
            SUBSCRIPTION_RESTARTED                  | Subscription | Subscription | none
            SUBSCRIPTION_IN_GRACE_PERIOD            | Subscription | Subscription | none
            SUBSCRIPTION_ON_HOLD                    | Subscription | Subscription | none
            SUBSCRIPTION_PAUSED                     | Subscription | Subscription | none
            SUBSCRIPTION_CANCELED                   | Subscription | Subscription | none
            SUBSCRIPTION_REVOKED                    | Subscription | Subscription | none
            SUBSCRIPTION_EXPIRED                    | Subscription | Subscription | none
            ONE_TIME_PRODUCT_PURCHASED              | Attempt      | nothing      | Captured Invoice
            ONE_TIME_PRODUCT_CANCELED               | Attempt      | Attempt      | Attempt
            VOIDED_PURCHASE.subscription            | Attempt Dispute | Subscription | Captured Invoice RefundTotal
            VOIDED_PURCHASE.subscription.chargeback | Attempt Dispute | Subscription | Captured Invoice Dispute
            VOIDED_PURCHASE.product                 | Attempt Dispute | Attempt      | Captured Invoice RefundTotal
            VOIDED_PURCHASE.product.chargeback      | Attempt Dispute | Attempt      | Captured Invoice Dispute
            """;

    private static GatewayStandIn standIn;
    private static Settings settings;
    private static GatewayAccount account;

    @BeforeAll
    static void start() throws IOException {
        standIn = GatewayStandIn.start(0);
        settings = TestSettings.read(standIn.environment(TestSettings.read(Map.of())));
        account = Accounts.from(settings).find("google-play", "main").orElseThrow();
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = EVENTS)
    void an_event_is_genuine_and_its_documents_are_fetched(
            String event, String notification, String purchase, String order) throws Exception {
        var sent = sent(event, Fault.NONE);
        new DeliveryClient().register(standIn.url(), sent.documents());
        var verdict = judged(sent);
        assertThat(verdict).isInstanceOf(Genuine.class);
        var all = Stream.concat(Stream.of(sent.received(NOW)), ((Genuine) verdict).fetched().stream())
                .toList();

        assertThat(all).hasSize(order.equals("none") ? 2 : 3);
        assertThat(kinds(all.get(0))).containsExactlyElementsOf(expected(notification));
        assertThat(kinds(all.get(1))).containsExactlyElementsOf(expected(purchase));
        if (all.size() == 3) {
            assertThat(kinds(all.get(2))).containsExactlyElementsOf(expected(order));
            assertThat(facts(all.get(2))).allSatisfy(GooglePlaySimulatorTest::is_the_price);
        }
        assertThat(facts(all.get(1)))
                .contains(
                        new Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("premium"),
                        new Reference(ReferenceName.REFERENCE, "post_7"));
        assertThat(all.stream().map(each -> account.identify(each).get(0).paymentKey()))
                .as("all have the key of the purchase")
                .containsOnly(account.identify(all.get(0)).get(0).paymentKey());
    }

    private static void is_the_price(Fact fact) {
        if (fact instanceof Captured captured) {
            assertThat(captured.amount()).isEqualTo(PRICE);
        } else if (fact instanceof Invoice invoice) {
            assertThat(invoice.paid()).isEqualTo(PRICE);
        } else if (fact instanceof Fact.RefundTotal refunded) {
            assertThat(refunded.amount()).isEqualTo(PRICE);
        }
    }

    @Test
    void every_event_is_tested() {
        assertThat(EVENTS.lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactlyInAnyOrderElementsOf(new GooglePlaySimulator().events());
    }

    @Test
    void a_forged_notification_is_rejected() {
        assertThat(judged(sent("SUBSCRIPTION_PURCHASED", Fault.FORGED))).isInstanceOf(Rejected.class);
    }

    @Test
    void a_malformed_notification_is_genuine_and_refused() {
        var sent = sent("SUBSCRIPTION_PURCHASED", Fault.MALFORMED);
        var delivery = sent.received(NOW);

        assertThat(judged(sent)).isInstanceOf(Genuine.class);
        assertThat(account.translate(delivery, account.identify(delivery).get(0)))
                .isInstanceOf(Translation.Refused.class);
    }

    @Test
    void an_unknown_event_cannot_be_sent() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> sent("SUBSCRIPTION_LOST", Fault.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SUBSCRIPTION_LOST: unknown");
    }

    private static List<String> expected(String kinds) {
        return kinds.equals("nothing") ? List.of() : List.of(kinds.split(" "));
    }

    private static List<String> kinds(Delivery delivery) {
        return facts(delivery).stream()
                .filter(fact -> !(fact instanceof Reference || fact instanceof Fact.Sku))
                .map(fact -> fact.getClass().getSimpleName())
                .toList();
    }

    private static List<Fact> facts(Delivery delivery) {
        var translation = account.translate(delivery, account.identify(delivery).get(0));
        assertThat(translation).isInstanceOf(Translation.Understood.class);
        return ((Translation.Understood) translation).notification().facts();
    }

    private static Verdict judged(Outgoing sent) {
        return account.authenticate(sent.received(NOW), NOW)
                .toCompletableFuture()
                .join();
    }

    private static Outgoing sent(String event, Fault fault) {
        var simulated = new GooglePlaySimulator();
        var references = Map.of(
                ReferenceName.SUBJECT, "u_42", ReferenceName.PRODUCT, "premium", ReferenceName.REFERENCE, "post_7");
        var sample = new Sample(simulated.ids(event), references, PRICE, NOW);
        var sender = Senders.find(settings, "google-play", "main").orElseThrow();
        return new Simulator(simulated, sender).notification(event, sample, fault, NOW);
    }
}
