package ipn.operations;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Tells whether outcomes speak of the records they name, without keeping either.
 *
 * <p>Whether a record and its outcome tell one story (payment key and event key) is a sum per chunk of offsets: the
 * record adds a hash of offset and story, its outcome takes it away. What is left over in a chunk is a story that was
 * swapped, and it costs eight bytes for a chunk instead of eight for a record.
 */
final class StorySums {
    static final int CHUNK = 256;

    private final TreeMap<Long, Long> sums = new TreeMap<>();
    private final TreeSet<Long> oneSided = new TreeSet<>();

    void record(long offset, long story) {
        sums.merge(offset / CHUNK, mixed(offset, story), Long::sum);
    }

    void outcome(long offset, long story) {
        sums.merge(offset / CHUNK, -mixed(offset, story), Long::sum);
    }

    /** Only one side of this offset was seen, which is known and said elsewhere: its chunk cannot be judged. */
    void oneSided(long offset) {
        oneSided.add(offset / CHUNK);
    }

    /** Passes on the first offset of each chunk in which a record and its outcome differ. */
    void forEachDifference(LongConsumer each) {
        sums.forEach((chunk, sum) -> {
            if (sum != 0 && !oneSided.contains(chunk)) {
                each.accept(chunk * CHUNK);
            }
        });
    }

    /** A hash of two byte strings that tells (ab, c) from (a, bc). */
    static long story(byte[] first, byte[] second) {
        return mix(hash(first) + 31 * mix(hash(second)));
    }

    private static long mixed(long offset, long story) {
        return mix(story ^ mix(offset + 1));
    }

    private static long hash(byte[] bytes) {
        var hash = 0xcbf29ce484222325L;
        for (var b : bytes) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long z) {
        var y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}
