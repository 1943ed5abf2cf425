package ipn.processor;

import ipn.gateway.Delivery;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import ipn.seal.SealCheck;
import ipn.seal.SealRole;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code ipn.raw}, away from the client that read it. Payment data: never printed.
 *
 * @param keyBytes payment key as UTF-8; null where somebody wrote a record without one
 * @param value body as received; null where somebody wrote a tombstone
 * @param timestamp broker append time
 * @param stored its headers
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        @Nullable Bytes keyBytes,
        @Nullable Bytes value,
        StoredDelivery stored) {

    /** Payment key; null where the record has none, or one that is not UTF-8. */
    public @Nullable String key() {
        return keyBytes == null ? null : keyBytes.strictUtf8().orElse(null);
    }

    /** The newest value of a header as text. */
    public Optional<String> header(String name) {
        return stored.header(name);
    }

    /** The HTTP call it was, as far as it was kept. */
    public Delivery delivery() {
        return stored.delivery(value == null ? Bytes.wrap(new byte[0]) : value, timestamp);
    }

    /** Who sealed it. */
    public Optional<SealRole> sealedBy(SealCheck seals) {
        return seals.sealedBy(bytes(keyBytes), bytes(value), stored.headers(), timestamp);
    }

    private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.array();
    }

    /** Bytes of key, value and headers. */
    public long bytes() {
        return size(keyBytes)
                + size(value)
                + stored.headers().stream()
                        .mapToLong(header ->
                                header.getKey().length() + (header.getValue() == null ? 0 : header.getValue().length))
                        .sum();
    }

    /** SHA-256 of the value, in hexadecimal; of no bytes where there is none. */
    public String valueSha256() {
        return (value == null ? Bytes.wrap(new byte[0]) : value).sha256();
    }

    private static long size(@Nullable Bytes bytes) {
        return bytes == null ? 0 : bytes.size();
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
