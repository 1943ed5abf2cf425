package ipn.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.stripe.exception.SignatureVerificationException;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.settings.Settings;
import ipn.simulator.vendor.StandardWebhooksSimulator;
import ipn.simulator.vendor.StripeSimulator;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorTest {
    private static final String STRIPE_SECRET = "whsec_test_5Nq8cVJ2mT0bR7xLw3KdYpZ1";
    private static final String STANDARD_SECRET = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");

    private final Sender stripe = new Sender(new AccountId("stripe", "main", false), STRIPE_SECRET, Settings.empty());
    private final Sender standard =
            new Sender(new AccountId("standard-webhooks", "main", false), STANDARD_SECRET, Settings.empty());

    static Stream<String> stripe_events() {
        return new StripeSimulator().events().stream();
    }

    @ParameterizedTest
    @MethodSource("stripe_events")
    void stripes_own_library_accepts_every_stripe_event(String event) {
        var sent = stripe(event, Fault.NONE);
        assertThatCode(() -> stripesOwnLibraryVerifies(sent)).doesNotThrowAnyException();
        assertThat(event).startsWith(json(sent).path("type").asText("missing"));
        assertThat(json(sent).path("data").path("object").size()).isGreaterThan(5);
    }

    @Test
    void stripes_own_library_rejects_a_forged_event_and_accepts_a_malformed_one() {
        assertThatThrownBy(() -> stripesOwnLibraryVerifies(stripe("payment_intent.succeeded", Fault.FORGED)))
                .isInstanceOf(SignatureVerificationException.class);
        var malformed = stripe("payment_intent.succeeded", Fault.MALFORMED);
        assertThatCode(() -> stripesOwnLibraryVerifies(malformed)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new ObjectMapper().readTree(malformed.body().array()))
                .isInstanceOf(com.fasterxml.jackson.core.JsonProcessingException.class);
    }

    @Test
    void the_reference_library_signs_standard_webhooks_the_same_way() throws Exception {
        var gateway = new StandardWebhooksSimulator();
        for (var event : gateway.events()) {
            var sent = new Simulator(gateway, standard).notification(event, sample(gateway), Fault.NONE, NOW);
            var expected = new Webhook(STANDARD_SECRET)
                    .sign(
                            sent.headers().get("webhook-id"),
                            NOW.getEpochSecond(),
                            sent.body().utf8());
            assertThat(sent.headers()).containsEntry("webhook-signature", expected);
        }
    }

    @Test
    void a_signature_differs_for_a_forger() {
        var gateway = new StandardWebhooksSimulator();
        var simulator = new Simulator(gateway, standard);
        var honest = simulator.notification("payment.succeeded", sample(gateway), Fault.NONE, NOW);
        var forged = simulator.notification("payment.succeeded", sample(gateway), Fault.FORGED, NOW);
        assertThat(forged.body()).isEqualTo(honest.body());
        assertThat(forged.headers().get("webhook-signature"))
                .isNotEqualTo(honest.headers().get("webhook-signature"));
    }

    @Test
    void a_sender_never_prints_its_secret() {
        assertThat(stripe.toString()).doesNotContain(STRIPE_SECRET);
    }

    private static void stripesOwnLibraryVerifies(Outgoing sent) throws SignatureVerificationException {
        var clock = java.time.Clock.fixed(NOW, java.time.ZoneOffset.UTC);
        com.stripe.net.Webhook.Signature.verifyHeader(
                sent.body().utf8(), sent.headers().get("Stripe-Signature"), STRIPE_SECRET, 300, clock);
    }

    private Outgoing stripe(String event, Fault fault) {
        var gateway = new StripeSimulator();
        return new Simulator(gateway, stripe).notification(event, sample(gateway), fault, NOW);
    }

    private static Sample sample(SimulatedGateway gateway) {
        var references = Map.of(ReferenceName.SUBJECT, "u_42", ReferenceName.PRODUCT, "premium");
        return new Sample(gateway.ids("TEST0001"), references, new Money(800, "USD"), NOW);
    }

    private static com.fasterxml.jackson.databind.JsonNode json(Outgoing sent) {
        try {
            return new ObjectMapper().readTree(sent.body().array());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
