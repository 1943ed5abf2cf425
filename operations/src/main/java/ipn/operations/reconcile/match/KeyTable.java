package ipn.operations.reconcile.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.Hashing;
import it.unimi.dsi.fastutil.ints.Int2IntOpenCustomHashMap;
import it.unimi.dsi.fastutil.ints.IntHash;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers keys from 0 in the order in which they are added. Keys are stored as bytes in large arrays and not as objects: a key takes
 * about 25 bytes in addition to its own length.
 */
final class KeyTable {
    private static final int MISSING = -1;
    private static final int LENGTH_BITS = 10;
    private static final int CHUNK_BYTES = 1 << 20;

    private final List<byte[]> chunks = new ArrayList<>();
    /** Start and length of each key by its number, packed into one long. */
    private final LongArrayList places = new LongArrayList();
    /** Maps each number to itself; compares the keys that the numbers stand for. */
    private final Int2IntOpenCustomHashMap numbers = new Int2IntOpenCustomHashMap(new ByKey());

    private int usedBytes = CHUNK_BYTES;

    KeyTable() {
        numbers.defaultReturnValue(MISSING);
    }

    int size() {
        return numbers.size();
    }

    /** The number of a key. A key that is new gets the next number, which equals {@link #size} before the call. */
    int add(String key) {
        var candidate = store(key);
        var known = numbers.putIfAbsent(candidate, candidate);
        if (known == MISSING) {
            return candidate;
        }
        removeStored();
        return known;
    }

    /** The number of a key; -1 if the table does not contain it. */
    int find(String key) {
        var known = numbers.get(store(key));
        removeStored();
        return known;
    }

    String get(int number) {
        return new String(chunk(number), offset(number), length(number), UTF_8);
    }

    /** Stores a key behind the others, where {@link ByKey} can compare it. */
    private int store(String key) {
        var bytes = key.getBytes(UTF_8);
        if (bytes.length >= 1 << LENGTH_BITS) {
            throw new IllegalArgumentException(
                    "key: %d bytes (expected: below %d)".formatted(bytes.length, 1 << LENGTH_BITS));
        }
        if (usedBytes + bytes.length > CHUNK_BYTES) {
            chunks.add(new byte[CHUNK_BYTES]);
            usedBytes = 0;
        }
        System.arraycopy(bytes, 0, chunks.get(chunks.size() - 1), usedBytes, bytes.length);
        var start = (chunks.size() - 1L) * CHUNK_BYTES + usedBytes;
        usedBytes += bytes.length;
        places.add(start << LENGTH_BITS | bytes.length);
        return places.size() - 1;
    }

    private void removeStored() {
        var last = places.size() - 1;
        usedBytes -= length(last);
        places.removeLong(last);
    }

    private byte[] chunk(int number) {
        return chunks.get((int) ((places.getLong(number) >> LENGTH_BITS) / CHUNK_BYTES));
    }

    private int offset(int number) {
        return (int) ((places.getLong(number) >> LENGTH_BITS) % CHUNK_BYTES);
    }

    private int length(int number) {
        return (int) (places.getLong(number) & ((1 << LENGTH_BITS) - 1));
    }

    private final class ByKey implements IntHash.Strategy {
        @Override
        public int hashCode(int number) {
            return (int) Hashing.hash(chunk(number), offset(number), length(number));
        }

        @Override
        public boolean equals(int a, int b) {
            return Arrays.equals(
                    chunk(a), offset(a), offset(a) + length(a), chunk(b), offset(b), offset(b) + length(b));
        }
    }
}
