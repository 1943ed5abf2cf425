package ipn.twin.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.twin.gateway.PaymentFacts.Dispute;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Our own payment service, which follows the Standard Webhooks specification. */
@Component
public class StandardWebhooksGateway implements Gateway {
    private static final String PREFIX = "whsec_";

    @Override
    public String name() {
        return "standard-webhooks";
    }

    @Override
    public boolean authentic(HttpHeaders headers, byte[] body, String secret, Instant now) {
        var time = header(headers, "webhook-timestamp");
        if (!Gateway.recent(time, now)) {
            return false;
        }
        var key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        var signed = header(headers, "webhook-id") + "." + time + ".";
        var expected = "v1," + Base64.getEncoder().encodeToString(Hmac.sign(key, signed.getBytes(UTF_8), body));
        return Arrays.stream(header(headers, "webhook-signature").split(" "))
                .anyMatch(signature -> Hmac.same(expected.getBytes(UTF_8), signature.getBytes(UTF_8)));
    }

    private static String header(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }

    @Override
    public String eventId(HttpHeaders headers, JsonNode body) {
        return header(headers, "webhook-id");
    }

    @Override
    public String paymentId(JsonNode body) {
        return body.path("data").path("payment_id").asString("");
    }

    @Override
    public PaymentFacts facts(JsonNode body) {
        var data = body.path("data");
        return switch (body.path("type").asString("")) {
            case "payment.succeeded" ->
                PaymentFacts.captured(
                        data.path("amount").asLong(),
                        Purchase.of(data, "customer_id", data.path("currency").asString(""), Optional.empty()));
            case "refund.succeeded" ->
                PaymentFacts.refunded(
                        data.path("refund_id").asString(), data.path("amount").asLong());
            case "dispute.opened" -> PaymentFacts.disputed(Dispute.OPEN);
            case "dispute.won" -> PaymentFacts.disputed(Dispute.WON);
            case "dispute.lost" -> PaymentFacts.disputed(Dispute.LOST);
            default -> PaymentFacts.NONE;
        };
    }
}
