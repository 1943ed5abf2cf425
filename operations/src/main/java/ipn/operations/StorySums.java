package ipn.operations;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Tells whether outcomes speak of the records they name, without keeping either.
 *
 * <p>Per chunk of offsets there are three sums; a record adds hashes, its outcome takes them away. Offset with payment
 * key must come to nothing. Offset with event key must too, unless the event keys alone do not: then the processor read
 * another id out of a body than the ingress did, which is its right, and no swap.
 */
final class StorySums {
    static final int CHUNK = 256;

    /** What a record and its outcome have in common, as hashes. */
    record Story(long payment, long event) {
        static Story of(byte[] paymentKey, byte[] eventKey) {
            return new Story(mix(hash(paymentKey)), mix(hash(eventKey)));
        }
    }

    private static final class Sums {
        private long payments;
        private long events;
        private long eventsAnywhere;

        void add(long offset, Story story, int sign) {
            payments += sign * mix(story.payment() ^ mix(offset + 1));
            events += sign * mix(story.event() ^ mix(offset + 1));
            eventsAnywhere += sign * story.event();
        }

        boolean differ() {
            return payments != 0 || (events != 0 && eventsAnywhere == 0);
        }
    }

    private final TreeMap<Long, Sums> chunks = new TreeMap<>();
    private final TreeSet<Long> oneSided = new TreeSet<>();

    void record(long offset, Story story) {
        chunk(offset).add(offset, story, 1);
    }

    void outcome(long offset, Story story) {
        chunk(offset).add(offset, story, -1);
    }

    /** Only one side of this offset was seen, which is known and said elsewhere: its chunk cannot be judged. */
    void oneSided(long offset) {
        oneSided.add(offset / CHUNK);
    }

    /** Passes on the first offset of each chunk in which a record and its outcome differ. */
    void forEachDifference(LongConsumer each) {
        chunks.forEach((chunk, sums) -> {
            if (sums.differ() && !oneSided.contains(chunk)) {
                each.accept(chunk * CHUNK);
            }
        });
    }

    private Sums chunk(long offset) {
        return chunks.computeIfAbsent(offset / CHUNK, number -> new Sums());
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
