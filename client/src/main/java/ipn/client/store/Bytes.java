package ipn.client.store;

import java.util.Arrays;

/** A buffer that grows, for numbers of variable length and texts. */
final class Bytes {
    private byte[] bytes = new byte[128];
    private int length;

    Bytes number(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return octet((int) rest);
    }

    /** A number that may be negative: small ones of either sign are short. */
    Bytes signed(long value) {
        return number((value << 1) ^ (value >> 63));
    }

    Bytes octet(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    Bytes raw(byte[] from, int at, int count) {
        ensure(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
        return this;
    }

    /** Bytes after their number. */
    Bytes sized(byte[] from) {
        return number(from.length).raw(from, 0, from.length);
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
