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
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapters accept notifications signed with the simulator's own keys, for the built-in test accounts. */
class KeySignedSimulatorsTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static GatewayStandIn standIn;
    private static Settings settings;

    @BeforeAll
    static void start() throws IOException {
        standIn = GatewayStandIn.start(0);
        settings = TestSettings.read(
                Map.of("IPN_GATEWAYS_PAYPAL_MAIN_FETCH_VIA", standIn.url().toString()));
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    static Stream<Arguments> events() {
        return Stream.of("apple", "paypal")
                .flatMap(name ->
                        Simulator.find(name).orElseThrow().events().stream().map(event -> Arguments.of(name, event)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_is_genuine_and_understood(String gateway, String event) {
        var sent = sent(gateway, event, Fault.NONE);
        var delivery = sent.received(NOW);

        assertThat(judged(gateway, sent)).isInstanceOf(Genuine.class);
        var items = account(gateway).identify(delivery);
        var translation = account(gateway).translate(delivery, items.get(0));
        if (event.equals("TEST")) {
            assertThat(translation).isEqualTo(new Translation.Ignored("TEST"));
        } else {
            assertThat(translation).isInstanceOf(Translation.Understood.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apple", "paypal"})
    void a_forged_or_tampered_notification_is_rejected(String gateway) {
        var event = Simulator.find(gateway).orElseThrow().events().iterator().next();

        assertThat(judged(gateway, sent(gateway, event, Fault.FORGED))).isInstanceOf(Rejected.class);
        assertThat(judged(gateway, sent(gateway, event, Fault.TAMPERED))).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apple", "paypal"})
    void a_malformed_notification_is_genuine_and_refused(String gateway) {
        var event = Simulator.find(gateway).orElseThrow().events().iterator().next();
        var sent = sent(gateway, event, Fault.MALFORMED);
        var item = account(gateway).identify(sent.received(NOW)).get(0);

        assertThat(judged(gateway, sent)).isInstanceOf(Genuine.class);
        assertThat(account(gateway).translate(sent.received(NOW), item)).isInstanceOf(Translation.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "apple, SUBSCRIBED.INITIAL_BUY, Captured Invoice Reference Sku Subscription",
        "apple, REFUND, Refund Dispute Captured Invoice Reference Sku Subscription",
        "apple, ONE_TIME_CHARGE, Captured Invoice Reference Sku",
        "paypal, PAYMENT.CAPTURE.COMPLETED, Captured Reference Reference",
        "paypal, PAYMENT.SALE.COMPLETED, Captured Invoice Reference Reference",
        "paypal, CUSTOMER.DISPUTE.RESOLVED.buyer, Dispute",
        "paypal, BILLING.SUBSCRIPTION.PAYMENT.FAILED, Subscription Sku Reference Reference"
    })
    void these_are_its_facts(String gateway, String event, String kinds) {
        var delivery = sent(gateway, event, Fault.NONE).received(NOW);
        var item = account(gateway).identify(delivery).get(0);
        var facts = ((Translation.Understood) account(gateway).translate(delivery, item))
                .notification()
                .facts();

        assertThat(facts.stream().map(fact -> fact.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(List.of(kinds.split(" ")));
        assertThat(facts.stream().filter(Fact.Captured.class::isInstance).map(Fact.Captured.class::cast))
                .allSatisfy(captured -> assertThat(captured.amount()).isEqualTo(new Money(800, "USD")));
    }

    private static GatewayAccount account(String gateway) {
        return Accounts.from(settings).find(gateway, "main").orElseThrow();
    }

    private static Verdict judged(String gateway, Outgoing sent) {
        return account(gateway)
                .authenticate(sent.received(NOW), NOW)
                .toCompletableFuture()
                .join();
    }

    private static Outgoing sent(String gateway, String event, Fault fault) {
        var sender = Senders.find(settings, gateway, "main").orElseThrow();
        var simulated = Simulator.find(gateway).orElseThrow();
        var references = Map.of(ReferenceName.SUBJECT, "u_42", ReferenceName.PRODUCT, "premium");
        var sample = new Sample(simulated.ids("TEST0001"), references, new Money(800, "USD"), NOW);
        return new Simulator(simulated, sender).notification(event, sample, fault, NOW);
    }
}
