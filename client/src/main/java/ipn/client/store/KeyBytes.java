package ipn.client.store;

import ipn.client.AccessKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key as bytes: the subject, 0xFF (which UTF-8 does not contain), the id of the entitlement's name, the scope. The segment depends on the
 * subject alone, so that all entries of a subject are found in one.
 *
 * @param subjectHash of the subject
 * @param hash of the whole key
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the segments, never as a record
record KeyBytes(byte[] bytes, int subjectHash, int hash) {
    private static final int END_OF_SUBJECT = 0xFF;
    private static final byte[] NONE = {};

    /** The key; null if no entry can have it, because its entitlement is unknown or it contains half a character. */
    static @Nullable KeyBytes find(AccessKey key, Names entitlements, int seed) {
        var entitlement = entitlements.find(key.entitlement());
        return entitlement < 0 ? null : of(key, entitlement, seed);
    }

    /** The key of an entry to write. */
    static @Nullable KeyBytes of(AccessKey key, Names entitlements, int seed) {
        return of(key, entitlements.id(key.entitlement()), seed);
    }

    private static @Nullable KeyBytes of(AccessKey key, int entitlement, int seed) {
        if (isBroken(key.subject()) || key.scope().filter(KeyBytes::isBroken).isPresent()) {
            return null;
        }
        var subject = key.subject().getBytes(StandardCharsets.UTF_8);
        var scope =
                key.scope().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(NONE);
        var bytes = new byte[subject.length + 1 + Varints.sizeOf(entitlement) + scope.length];
        System.arraycopy(subject, 0, bytes, 0, subject.length);
        bytes[subject.length] = (byte) END_OF_SUBJECT;
        var at = Varints.put(bytes, subject.length + 1, entitlement);
        System.arraycopy(scope, 0, bytes, at, scope.length);
        var subjectHash = hash(subject, 0, subject.length, seed);
        return new KeyBytes(bytes, subjectHash, hash(bytes, subject.length, bytes.length, subjectHash));
    }

    /** Half a character of two would be written as a question mark, which is another text. */
    private static boolean isBroken(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** The key that these bytes say. */
    static AccessKey read(byte[] bytes, int at, int length, Names entitlements) {
        var end = endOfSubject(bytes, at);
        var in = new ByteReader(bytes, at);
        var subject = in.text(end - at);
        in.skip(1);
        var entitlement = entitlements.text(in.count());
        var scope = in.text(at + length - in.position());
        return new AccessKey(subject, entitlement, Optional.of(scope));
    }

    private static int endOfSubject(byte[] bytes, int at) {
        var end = at;
        while ((bytes[end] & 0xFF) != END_OF_SUBJECT) {
            end++;
        }
        return end;
    }

    /** Whether these bytes are a key of this subject. */
    static boolean isOf(byte[] subject, byte[] bytes, int at, int length) {
        return length > subject.length
                && (bytes[at + subject.length] & 0xFF) == END_OF_SUBJECT
                && Arrays.equals(bytes, at, at + subject.length, subject, 0, subject.length);
    }

    /** The key at these bytes, as it was hashed. */
    static KeyBytes at(byte[] bytes, int at, int length, int seed) {
        var subject = endOfSubject(bytes, at) - at;
        var key = Arrays.copyOfRange(bytes, at, at + length);
        var subjectHash = hash(key, 0, subject, seed);
        return new KeyBytes(key, subjectHash, hash(key, subject, length, subjectHash));
    }

    /** The hash of the key at these bytes. */
    static int hashOf(byte[] bytes, int at, int length, int seed) {
        var end = endOfSubject(bytes, at);
        return hash(bytes, end, at + length, hash(bytes, at, end, seed));
    }

    /** The hash of a subject, to find its entries. */
    static int hash(byte[] subject, int seed) {
        return hash(subject, 0, subject.length, seed);
    }

    private static int hash(byte[] bytes, int from, int to, int seed) {
        var hash = 0xCBF29CE484222325L ^ (seed * 0x9E3779B97F4A7C15L);
        for (var i = from; i < to; i++) {
            hash = (hash ^ (bytes[i] & 0xFF)) * 0x100000001B3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xFF51AFD7ED558CCDL;
        hash ^= hash >>> 33;
        return (int) hash;
    }
}
