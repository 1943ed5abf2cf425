package ipn.operations.conservation;

import ipn.operations.Hashing;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Checks that outcomes have the payment key and event key of the raw record that they name, without storing keys.
 *
 * <p>Each chunk of offsets has three sums of hashes: a raw record adds to them, its outcome subtracts. The sum over (offset, payment key)
 * must be zero. The sum over (offset, event key) must be zero as well, unless the sum over event keys alone differs: the processor may read
 * another event id from a body than the ingress did. If only the first differs, two outcomes are swapped.
 */
final class PairChecksum {
    static final int CHUNK = 256;

    /** Hashes of the keys that a record and its outcome share. */
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

    /** Excludes the chunk of an offset with an outcome and no record, which is a finding of its own. */
    void oneSided(long offset) {
        oneSided.add(offset / CHUNK);
    }

    /** Passes the first offset of each chunk in which outcomes differ from their records. */
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
