package ipn.twin.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.twin.gateway.PaymentFacts.Dispute;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Razorpay: payments. */
@Component
public class RazorpayGateway implements Gateway {
    @Override
    public String name() {
        return "razorpay";
    }

    /** Razorpay signs no time. */
    @Override
    public boolean authentic(HttpHeaders headers, byte[] body, String secret, Instant now) {
        var signature = Optional.ofNullable(headers.getFirst("X-Razorpay-Signature"));
        var expected = HexFormat.of().formatHex(Hmac.sign(secret.getBytes(UTF_8), body));
        return signature
                .filter(value -> Hmac.same(expected.getBytes(UTF_8), value.getBytes(UTF_8)))
                .isPresent();
    }

    @Override
    public String eventId(HttpHeaders headers, JsonNode body) {
        return Optional.ofNullable(headers.getFirst("X-Razorpay-Event-Id")).orElse("");
    }

    @Override
    public String paymentId(JsonNode body) {
        return entity(body, "payment").path("id").asString("");
    }

    @Override
    public PaymentFacts facts(JsonNode body) {
        var payment = entity(body, "payment");
        return switch (body.path("event").asString("")) {
            case "payment.captured" ->
                PaymentFacts.captured(
                        payment.path("amount").asLong(),
                        Purchase.of(
                                payment.path("notes"),
                                "user_id",
                                payment.path("currency").asString(""),
                                Optional.empty()));
            case "refund.processed" -> {
                var refund = entity(body, "refund");
                yield PaymentFacts.refunded(
                        refund.path("id").asString(), refund.path("amount").asLong());
            }
            case "payment.dispute.created" -> PaymentFacts.disputed(Dispute.OPEN);
            case "payment.dispute.won" -> PaymentFacts.disputed(Dispute.WON);
            case "payment.dispute.lost" -> PaymentFacts.disputed(Dispute.LOST);
            default -> PaymentFacts.NONE;
        };
    }

    private static JsonNode entity(JsonNode body, String name) {
        return body.path("payload").path(name).path("entity");
    }
}
