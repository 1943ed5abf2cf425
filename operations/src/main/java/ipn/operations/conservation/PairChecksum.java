package ipn.operations.conservation;

import ipn.operations.Hashing;
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
final class PairChecksum {
    static final int CHUNK = 256;

    /** What a record and its outcome have in common, as hashes. */
    record Keys(long payment, long event) {
        static Keys hash(byte[] paymentKey, byte[] eventKey) {
            return new Keys(Hashing.hash(paymentKey), Hashing.hash(eventKey));
        }
    }

    private static final class Sums {
        private long payments;
        private long events;
        private long eventsAnywhere;

        void add(long offset, Keys keys, int sign) {
            payments += sign * Hashing.mix(keys.payment() ^ Hashing.mix(offset + 1));
            events += sign * Hashing.mix(keys.event() ^ Hashing.mix(offset + 1));
            eventsAnywhere += sign * keys.event();
        }

        boolean differ() {
            return payments != 0 || (events != 0 && eventsAnywhere == 0);
        }
    }

    private final TreeMap<Long, Sums> chunks = new TreeMap<>();
    private final TreeSet<Long> oneSided = new TreeSet<>();

    void record(long offset, Keys keys) {
        chunk(offset).add(offset, keys, 1);
    }

    void outcome(long offset, Keys keys) {
        chunk(offset).add(offset, keys, -1);
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
}
