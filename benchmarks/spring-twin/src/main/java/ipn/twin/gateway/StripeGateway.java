package ipn.twin.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.twin.gateway.PaymentFacts.Dispute;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Stripe: payments and the paid invoices of subscriptions. */
@Component
public class StripeGateway implements Gateway {
    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public boolean authentic(HttpHeaders headers, byte[] body, String secret, Instant now) {
        var fields = Optional.ofNullable(headers.getFirst("Stripe-Signature"))
                .orElse("")
                .split(",");
        var time = Arrays.stream(fields)
                .filter(field -> field.startsWith("t="))
                .map(field -> field.substring(2))
                .findFirst()
                .orElse("");
        if (!Gateway.recent(time, now)) {
            return false;
        }
        var signature = Hmac.sign(secret.getBytes(UTF_8), (time + ".").getBytes(UTF_8), body);
        var expected = HexFormat.of().formatHex(signature).getBytes(UTF_8);
        return Arrays.stream(fields)
                .filter(field -> field.startsWith("v1="))
                .anyMatch(field -> Hmac.same(expected, field.substring(3).getBytes(UTF_8)));
    }

    @Override
    public String eventId(HttpHeaders headers, JsonNode body) {
        return body.path("id").asString("");
    }

    @Override
    public String paymentId(JsonNode body) {
        var object = body.path("data").path("object");
        return object.path("payment_intent").asString(object.path("id").asString(""));
    }

    @Override
    public PaymentFacts facts(JsonNode body) {
        var object = body.path("data").path("object");
        return switch (body.path("type").asString("")) {
            case "payment_intent.succeeded" ->
                PaymentFacts.captured(
                        object.path("amount_received").asLong(),
                        Purchase.of(object.path("metadata"), "user_id", currency(object), Optional.empty()));
            case "invoice.paid" ->
                PaymentFacts.captured(object.path("amount_paid").asLong(), subscription(object));
            case "refund.created", "refund.updated" ->
                object.path("status").asString("").equals("succeeded")
                        ? PaymentFacts.refunded(
                                object.path("id").asString(),
                                object.path("amount").asLong())
                        : PaymentFacts.NONE;
            case "charge.dispute.created" -> PaymentFacts.disputed(Dispute.OPEN);
            case "charge.dispute.closed" ->
                PaymentFacts.disputed(object.path("status").asString("").equals("won") ? Dispute.WON : Dispute.LOST);
            case "radar.early_fraud_warning.created" -> PaymentFacts.warned();
            default -> PaymentFacts.NONE;
        };
    }

    private static Optional<Purchase> subscription(JsonNode invoice) {
        var periodEnd = 0L;
        for (var line : invoice.path("lines").path("data")) {
            periodEnd = Math.max(periodEnd, line.path("period").path("end").asLong());
        }
        return Purchase.of(
                invoice.path("parent").path("subscription_details").path("metadata"),
                "user_id",
                currency(invoice),
                Optional.of(Instant.ofEpochSecond(periodEnd)));
    }

    private static String currency(JsonNode object) {
        return object.path("currency").asString("").toUpperCase(Locale.ROOT);
    }
}
