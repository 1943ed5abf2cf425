package ipn.twin.gateway;

import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** How a gateway signs and writes its webhooks. */
public interface Gateway {
    /** The longest difference between a signed time and our clock. */
    Duration TOLERANCE = Duration.ofMinutes(5);

    /** The name in the URL. */
    String name();

    /** Whether the owner of the secret has signed exactly these bytes. */
    boolean authentic(HttpHeaders headers, byte[] body, String secret, Instant now);

    /** The id that an event keeps when it is delivered again; empty if it has none. */
    String eventId(HttpHeaders headers, JsonNode body);

    /** The id of the payment or invoice that the event is about; empty if it is about neither. */
    String paymentId(JsonNode body);

    /** What the event says about that payment. */
    PaymentFacts facts(JsonNode body);

    /** Whether a signed time in seconds is close to the current time. */
    static boolean recent(String seconds, Instant now) {
        try {
            var signedAt = Instant.ofEpochSecond(Long.parseLong(seconds));
            return Duration.between(signedAt, now).abs().compareTo(TOLERANCE) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
