package ipn.ingress;

import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Notifications of Stripe about payments. */
final class Payments {
    private Payments() {}

    static GatewayAccount account() {
        return Accounts.from(Settings.parse("gateways: {stripe: {main: {mode: test, secrets: ['env:X']}}}")
                        .withoutSecrets())
                .find("stripe", "main")
                .orElseThrow();
    }

    static Delivery paid(String event, String payment, long cents) {
        return delivery(
                ("{'id': '%s', 'object': 'event', 'type': 'payment_intent.succeeded', 'created': 1788264000, 'livemode': false,"
                                + " 'data': {'object': {'id': '%s', 'object': 'payment_intent', 'currency': 'eur', 'amount': %d, 'amount_received': %d,"
                                + " 'metadata': {}}}}")
                        .formatted(event, payment, cents, cents)
                        .replace('\'', '"'));
    }

    static Delivery delivery(String body) {
        return new Delivery(
                Map.of("content-type", List.of("application/json")),
                Bytes.utf8(body),
                Instant.parse("2026-09-01T12:00:00Z"));
    }
}
