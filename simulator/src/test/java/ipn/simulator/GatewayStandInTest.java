package ipn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.settings.Settings;
import ipn.simulator.vendor.PayPalIpnSimulator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayStandInTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");

    private final PayPalIpnSimulator paypal = new PayPalIpnSimulator();
    private final Sender sender =
            new Sender(new AccountId("paypal-ipn", "main", false), GatewayStandIn.TEST_KEY, Settings.empty());

    @Test
    void verifies_every_message_of_the_simulator_and_no_other() throws Exception {
        try (var standIn = GatewayStandIn.start(0)) {
            for (var event : paypal.events()) {
                var own = message(event, Fault.NONE);
                assertThat(ask(standIn, own)).as(event).isEqualTo("VERIFIED");
                assertThat(ask(standIn, own.replace("u_42", "u_43"))).as(event).isEqualTo("INVALID");
            }
            assertThat(ask(standIn, message("web_accept", Fault.FORGED))).isEqualTo("INVALID");
            assertThat(ask(standIn, message("web_accept", Fault.MALFORMED))).isEqualTo("VERIFIED");
            assertThat(ask(standIn, "")).isEqualTo("INVALID");
        }
    }

    @Test
    void times_are_written_as_paypal_does_in_summer_and_winter() {
        assertThat(message("web_accept", Fault.NONE)).contains("payment_date=05%3A00%3A00+Sep+01%2C+2026+PDT");
        var winter = sample(Instant.parse("2026-12-01T12:00:00Z"));
        assertThat(paypal.draft("web_accept", winter, sender).body().utf8())
                .contains("payment_date=04%3A00%3A00+Dec+01%2C+2026+PST");
    }

    private String message(String event, Fault fault) {
        return new Simulator(paypal, sender)
                .notification(event, sample(NOW), fault, NOW)
                .body()
                .utf8();
    }

    private Sample sample(Instant at) {
        return new Sample(
                paypal.ids("7te57ipn000000001"), Map.of(ReferenceName.SUBJECT, "u_42"), new Money(2500, "USD"), at);
    }

    private static String ask(GatewayStandIn standIn, String message) throws Exception {
        var body = BodyPublishers.ofString("cmd=_notify-validate&" + message, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(standIn.verifyUrl()).POST(body).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
