package ipn.gateway;

import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP call of a gateway, or one read back from {@code ipn.raw}. Payment data: never printed, never logged.
 *
 * @param headers by lower-case name, every value in the order received
 * @param body exact bytes
 * @param receivedAt by our clock
 * @param fetchedFrom where the body was fetched, because a notification only said "look"; empty: it was sent to us
 */
public record Delivery(
        Map<String, List<String>> headers, Bytes body, Instant receivedAt, Optional<String> fetchedFrom) {

    /** One that was sent to us. */
    public Delivery(Map<String, List<String>> headers, Bytes body, Instant receivedAt) {
        this(headers, body, receivedAt, Optional.empty());
    }

    /**
     * A document that a notification refers to.
     *
     * @param url where it was found; kept for ever, so without credentials
     * @param contentType as answered
     */
    public static Delivery fetched(String url, String contentType, Bytes body, Instant receivedAt) {
        return new Delivery(Map.of("content-type", List.of(contentType)), body, receivedAt, Optional.of(url));
    }

    /** The only value of a header; empty where it is absent or stands more than once. */
    public Optional<String> header(String name) {
        var values = headers(name);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public String toString() {
        return "Delivery[%s]".formatted(body);
    }
}
