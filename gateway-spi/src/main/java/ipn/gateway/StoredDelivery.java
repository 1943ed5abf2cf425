package ipn.gateway;

import ipn.gateway.content.Bytes;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as stored in {@code ipn.raw}, independent of the client that read it.
 *
 * @param headers of the record, in order; values may be null
 */
public record StoredDelivery(List<Map.Entry<String, byte @Nullable []>> headers) {
    private static final int SOURCE_PARTS = 4;
    /** The topics cannot represent later times. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    public StoredDelivery {
        headers = List.copyOf(headers);
    }

    /** The last value of a header, as text. */
    public Optional<String> header(String name) {
        Optional<String> found = Optional.empty();
        for (var header : headers) {
            if (header.getKey().equals(name) && header.getValue() != null) {
                found = Optional.of(text(header.getValue()));
            }
        }
        return found;
    }

    /** When it was received, by our clock. */
    public Optional<Instant> receivedAt() {
        try {
            return header(Headers.RECEIVED_AT)
                    .map(Instant::parse)
                    .filter(at -> !at.isBefore(Instant.EPOCH) && at.isBefore(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Index in the batch, from 0; empty if the header is unreadable, because any default could be another item's index. */
    public OptionalInt itemIndex() {
        if (headers.stream().noneMatch(header -> header.getKey().equals(Headers.ITEM))) {
            return OptionalInt.of(0);
        }
        return header(Headers.ITEM)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElseGet(OptionalInt::empty);
    }

    /** Whether it says that a person repaired the body. */
    public boolean isRepaired() {
        return headers.stream()
                .anyMatch(header -> header.getKey().equals(Headers.REPAIRED_BY)
                        || header.getKey().equals(Headers.REPAIRED_ORIGINAL));
    }

    /** The body as the gateway sent it, if a person repaired it; empty if it is not there, or twice. */
    public Optional<Bytes> originalBody() {
        var originals = headers.stream()
                .filter(header -> header.getKey().equals(Headers.REPAIRED_ORIGINAL))
                .map(Map.Entry::getValue)
                .toList();
        var only = originals.size() == 1 ? originals.get(0) : null;
        return only == null ? Optional.empty() : Optional.of(Bytes.wrap(only));
    }

    /** The account that received the delivery, if it is configured. */
    public Optional<GatewayAccount> account(Accounts accounts) {
        var source = source();
        return source.length == SOURCE_PARTS ? accounts.find(source[2], source[3]) : Optional.empty();
    }

    /** Name of the gateway that sent the delivery. */
    public Optional<String> gateway() {
        var source = source();
        return source.length == SOURCE_PARTS ? Optional.of(source[2]) : Optional.empty();
    }

    /** Name of the account that received the delivery, configured or not. */
    public Optional<String> accountName() {
        var source = source();
        return source.length == SOURCE_PARTS ? Optional.of(source[3]) : Optional.empty();
    }

    /** The parts of {@code /ipn/gateway/account}; none if the source has another form. */
    private String[] source() {
        var parts = header(Headers.CE_SOURCE).orElse("").split("/", -1);
        return parts.length == SOURCE_PARTS && parts[1].equals("ipn") ? parts : new String[0];
    }

    /**
     * The original HTTP call, as far as it was stored.
     *
     * @param otherwise time of receipt if no header contains it
     */
    public Delivery delivery(Bytes body, Instant otherwise) {
        Map<String, List<String>> http = new HashMap<>();
        for (var header : headers) {
            if (header.getValue() != null && header.getKey().startsWith(Headers.HTTP_PREFIX)) {
                http.computeIfAbsent(header.getKey().substring(Headers.HTTP_PREFIX.length()), name -> new ArrayList<>())
                        .add(text(header.getValue()));
            }
        }
        header(Headers.CONTENT_TYPE).ifPresent(type -> http.put(Headers.CONTENT_TYPE, List.of(type)));
        return new Delivery(http, body, receivedAt().orElse(otherwise), header(Headers.FETCHED_FROM));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
