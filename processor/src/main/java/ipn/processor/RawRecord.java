package ipn.processor;

import ipn.gateway.Bytes;
import ipn.gateway.Delivery;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code ipn.raw}, away from the client that read it. Payment data: never printed.
 *
 * @param key payment key; null where somebody wrote a record without one
 * @param value body as received; null where somebody wrote a tombstone
 * @param timestamp broker append time
 * @param headers in order
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        @Nullable Bytes value,
        List<Header> headers) {

    public RawRecord {
        headers = List.copyOf(headers);
    }

    /** The newest value of a header as text. */
    public Optional<String> header(String name) {
        Optional<String> found = Optional.empty();
        for (var header : headers) {
            if (header.key().equals(name) && header.value() != null) {
                found = Optional.of(text(header));
            }
        }
        return found;
    }

    /** The HTTP call it was, as far as it was kept. */
    public Delivery delivery() {
        Map<String, List<String>> http = new HashMap<>();
        for (var header : headers) {
            if (header.value() != null && header.key().startsWith(Headers.HTTP_PREFIX)) {
                http.computeIfAbsent(header.key().substring(Headers.HTTP_PREFIX.length()), name -> new ArrayList<>())
                        .add(text(header));
            }
        }
        header(Headers.CONTENT_TYPE).ifPresent(type -> http.put(Headers.CONTENT_TYPE, List.of(type)));
        return new Delivery(
                http,
                value == null ? Bytes.wrap(new byte[0]) : value,
                receivedAt().orElse(timestamp),
                header(Headers.FETCHED_FROM));
    }

    public Optional<Instant> receivedAt() {
        try {
            return header(Headers.RECEIVED_AT).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Index within its batch. */
    public int itemIndex() {
        return header(Headers.ITEM)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "RawRecord[%s-%s@%s]".formatted(topic, Integer.toString(partition), Long.toString(offset));
    }
}
