package ipn.processor;

import ipn.gateway.Delivery;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code ipn.raw}, away from the client that read it. Payment data: never printed.
 *
 * @param key payment key; null where somebody wrote a record without one
 * @param value body as received; null where somebody wrote a tombstone
 * @param timestamp broker append time
 * @param stored its headers
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        @Nullable Bytes value,
        StoredDelivery stored) {

    /** The newest value of a header as text. */
    public Optional<String> header(String name) {
        return stored.header(name);
    }

    /** The HTTP call it was, as far as it was kept. */
    public Delivery delivery() {
        return stored.delivery(value == null ? Bytes.wrap(new byte[0]) : value, timestamp);
    }

    public Optional<Instant> receivedAt() {
        return stored.receivedAt();
    }

    /** Index within its batch; empty where it cannot be read. */
    public OptionalInt itemIndex() {
        return stored.itemIndex();
    }

    @Override
    public String toString() {
        return "RawRecord[%s-%s@%s]".formatted(topic, Integer.toString(partition), Long.toString(offset));
    }
}
