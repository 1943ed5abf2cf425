package ipn.access.order;

import ipn.avro.Order;
import ipn.key.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first half of the SHA-256 of something, in little memory. */
record Fingerprint(long high, long low) {
    private static final int DIGITS = 32;
    private static final int HALF = DIGITS / 2;

    static Fingerprint of(byte[] bytes) {
        return ofHex(Sha256.hex(bytes).substring(0, DIGITS));
    }

    static Fingerprint of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of everything that an order says. */
    static Fingerprint of(Order order) {
        try {
            var encoded = order.toByteBuffer();
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("an order cannot be written to memory", e);
        }
    }

    /** From {@link #hex()}; empty if it is not that. */
    static Optional<Fingerprint> parse(byte[] utf8) {
        var text = new String(utf8, StandardCharsets.UTF_8);
        return text.matches("[0-9a-f]{" + DIGITS + "}") ? Optional.of(ofHex(text)) : Optional.empty();
    }

    private static Fingerprint ofHex(String text) {
        return new Fingerprint(
                Long.parseUnsignedLong(text.substring(0, HALF), HALF),
                Long.parseUnsignedLong(text.substring(HALF), HALF));
    }

    /** 32 digits. */
    String hex() {
        return "%016x%016x".formatted(high, low);
    }
}
