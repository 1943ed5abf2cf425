package ipn.gateway;

import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP call of a gateway, received or read back from {@code ipn.raw}. It contains payment data: never print or log it.
 *
 * @param headers all values by lower-case name, in the order received
 * @param body exact bytes
 * @param receivedAt by our clock
 * @param fetchedFrom URL of the body if it was fetched because of a notification; empty if the gateway sent the body
 * @param source the client that sent it; unknown if it was fetched or read back
 */
public record Delivery(
        Map<String, List<String>> headers,
        Bytes body,
        Instant receivedAt,
        Optional<String> fetchedFrom,
        Source source) {

    /** A delivery from an unknown client. */
    public Delivery(Map<String, List<String>> headers, Bytes body, Instant receivedAt, Optional<String> fetchedFrom) {
        this(headers, body, receivedAt, fetchedFrom, Source.UNKNOWN);
    }

    /** A delivery that the gateway sent. */
    public Delivery(Map<String, List<String>> headers, Bytes body, Instant receivedAt) {
        this(headers, body, receivedAt, Optional.empty());
    }

    /**
     * A document that a notification refers to.
     *
     * @param url the URL of the document; it is stored permanently, so it must not contain credentials
     * @param contentType content type of the HTTP response
     */
    public static Delivery fetched(String url, String contentType, Bytes body, Instant receivedAt) {
        return new Delivery(Map.of("content-type", List.of(contentType)), body, receivedAt, Optional.of(url));
    }

    /** A copy from that client. */
    public Delivery from(Source client) {
        return new Delivery(headers, body, receivedAt, fetchedFrom, client);
    }

    /** The only value of a header; empty if the header is absent or occurs more than once. */
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
