package ipn.gateway.content;

import ipn.key.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** An immutable byte sequence with value equality. {@link #toString()} shows only the size: the bytes may be payment data. */
public final class Bytes {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps the array without a copy; the caller must not change it afterwards. */
    public static Bytes wrap(byte[] bytes) {
        return new Bytes(bytes);
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The internal array, not a copy; callers must not change it. */
    public byte[] array() {
        return bytes;
    }

    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    public int size() {
        return bytes.length;
    }

    /** Decodes the bytes as UTF-8; empty if they are not valid UTF-8. */
    public Optional<String> strictUtf8() {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(buffer()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The bytes as UTF-8 text; malformed input becomes replacement characters, so never sign or store the result. */
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** SHA-256 in lower-case hex. */
    public String sha256() {
        return Sha256.hex(bytes);
    }

    /** Compares in constant time for equal lengths. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
