package ipn.client.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link Bytes} wrote. */
final class ByteReader {
    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    long number() {
        var value = 0L;
        for (var shift = 0; ; shift += 7) {
            var octet = bytes[at++];
            value |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }

    int count() {
        return Math.toIntExact(number());
    }

    long signed() {
        var value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    int octet() {
        return bytes[at++] & 0xFF;
    }

    String text(int count) {
        var text = new String(bytes, at, count, StandardCharsets.UTF_8);
        at += count;
        return text;
    }

    byte[] sized() {
        var count = count();
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    int position() {
        return at;
    }

    void skip(int count) {
        at += count;
    }

    boolean hasMore() {
        return at < bytes.length;
    }
}
