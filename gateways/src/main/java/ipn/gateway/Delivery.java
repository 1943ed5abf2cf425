package ipn.gateway;

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
 */
public record Delivery(Map<String, List<String>> headers, Bytes body, Instant receivedAt) {

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
