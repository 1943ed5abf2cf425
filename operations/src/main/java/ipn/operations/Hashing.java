package ipn.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import it.unimi.dsi.fastutil.HashCommon;
import java.util.Objects;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * 64-bit hashes that are kept instead of keys and positions, so that a million of them take megabytes. Two of a million different keys
 * share a hash with a probability of about 1 in 40 million.
 */
public final class Hashing {
    private static final XXHash64 HASH = XXHashFactory.safeInstance().hash64();

    private Hashing() {}

    /** Hashes bytes. */
    public static long hash(byte[] bytes) {
        return hash(bytes, 0, bytes.length);
    }

    /** Hashes part of an array. */
    public static long hash(byte[] bytes, int from, int length) {
        return HASH.hash(bytes, from, length, 0);
    }

    /** Hashes the texts of some parts; their order counts, and where each ends. */
    public static long hashOf(Object... parts) {
        var hash = 0L;
        for (var part : parts) {
            var bytes = Objects.toString(part).getBytes(UTF_8);
            hash = HASH.hash(bytes, 0, bytes.length, hash);
        }
        return hash;
    }

    /** Spreads a number over 64 bits, so that sums of spread numbers cancel out only by chance. */
    public static long mix(long number) {
        return HashCommon.murmurHash3(number);
    }
}
