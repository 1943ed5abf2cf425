package ipn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Translation;
import ipn.gateway.Translation.Ignored;
import ipn.gateway.Translation.Refused;
import ipn.gateway.Translation.Understood;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The adapters accept and translate the simulated notifications of Adyen and Braintree. */
class AdyenAndBraintreeSimulatorTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");

    static Stream<Arguments> events() {
        return Stream.of("adyen", "braintree")
                .flatMap(name ->
                        Simulator.find(name).orElseThrow().events().stream().map(event -> Arguments.of(name, event)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_is_genuine_and_understood(String gateway, String event) {
        var sent = sent(gateway, event, Fault.NONE);
        assertThat(verdict(gateway, sent)).isInstanceOf(Genuine.class);
        var nothing = event.equals("check") || event.equals("REPORT_AVAILABLE");
        assertThat(translated(gateway, sent)).isInstanceOf(nothing ? Ignored.class : Understood.class);
        assertThat(verdict(gateway, sent(gateway, event, Fault.FORGED))).isInstanceOf(Rejected.class);
        var malformed = sent(gateway, event, Fault.MALFORMED);
        assertThat(verdict(gateway, malformed)).isInstanceOf(Genuine.class);
        assertThat(translated(gateway, malformed)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "adyen,AUTHORISATION,Captured",
        "adyen,AUTHORISATION.refused,Attempt",
        "adyen,REFUND,Refund",
        "adyen,CHARGEBACK,Dispute",
        "adyen,NOTIFICATION_OF_FRAUD,FraudFlag",
        "braintree,transaction_settled,Captured",
        "braintree,transaction_settled.refund,Refund",
        "braintree,dispute_opened,Dispute",
        "braintree,subscription_charged_successfully,Invoice",
        "braintree,subscription_charged_unsuccessfully,Invoice",
        "braintree,subscription_canceled,Subscription"
    })
    void an_event_has_the_fact_of_its_name(String gateway, String event, String fact) {
        assertThat(facts(gateway, event))
                .anyMatch(each -> each.getClass().getSimpleName().equals(fact));
    }

    @ParameterizedTest
    @CsvSource({"adyen,AUTHORISATION", "braintree,transaction_settled"})
    void a_payment_names_its_buyer_and_its_order(String gateway, String event) {
        assertThat(facts(gateway, event))
                .contains(
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Reference(ReferenceName.PRODUCT, "premium"),
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"));
    }

    @Test
    void adyen_sends_batches_of_which_every_item_is_signed() {
        var simulator = simulator("adyen");
        var sample = sample(simulator.gateway());
        var batch = simulator
                .batch(List.of("AUTHORISATION", "REFUND"), List.of(sample, sample), Fault.NONE, NOW)
                .orElseThrow()
                .received(NOW);
        assertThat(verdict("adyen", batch)).isInstanceOf(Genuine.class);
        assertThat(account("adyen").identify(batch)).hasSize(2);
    }

    private static List<Fact> facts(String gateway, String event) {
        return ((Understood) translated(gateway, sent(gateway, event, Fault.NONE)))
                .notification()
                .facts();
    }

    private static Delivery sent(String gateway, String event, Fault fault) {
        var simulator = simulator(gateway);
        return simulator
                .notification(event, sample(simulator.gateway()), fault, NOW)
                .received(NOW);
    }

    private static Simulator simulator(String gateway) {
        var settings = TestSettings.read(Map.of());
        return new Simulator(
                Simulator.find(gateway).orElseThrow(),
                Senders.find(settings, gateway, "main").orElseThrow());
    }

    private static GatewayAccount account(String gateway) {
        return Accounts.from(TestSettings.read(Map.of())).find(gateway, "main").orElseThrow();
    }

    private static ipn.gateway.Verdict verdict(String gateway, Delivery delivery) {
        return account(gateway)
                .authenticate(delivery, NOW)
                .toCompletableFuture()
                .join();
    }

    private static Translation translated(String gateway, Delivery delivery) {
        var account = account(gateway);
        return account.translate(delivery, account.identify(delivery).get(0));
    }

    private static Sample sample(SimulatedGateway gateway) {
        var references =
                Map.of(ReferenceName.SUBJECT, "u_42", ReferenceName.PRODUCT, "premium", ReferenceName.ORDER, "ord_1");
        return new Sample(gateway.ids("TEST0001"), references, new Money(800, "USD"), NOW);
    }
}
