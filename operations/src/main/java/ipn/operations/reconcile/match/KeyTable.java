package ipn.operations.reconcile.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers texts from 0, each once: some 20 bytes beside the text's own. The texts themselves are kept and compared, so that
 * two of them are never taken for one, whatever their hashes.
 */
final class KeyTable {
    /** Below 2^{@value #LENGTH_BITS}: ids are hashed before they are longer than 200. */
    private static final int LENGTH_BITS = 10;

    private static final int CHUNK = 1 << 20;
    private static final int FIRST_SLOTS = 1 << 12;

    private final List<byte[]> chunks = new ArrayList<>();
    private final LongColumn places = new LongColumn();
    /** Index + 1 of the text in each slot, 0 where it is free; at most half are taken. */
    private int[] slots = new int[FIRST_SLOTS];

    private int used = CHUNK;
    private int size;

    int size() {
        return size;
    }

    /** The number of a text; a new one where it was not there: then that is the size before. */
    int add(String text) {
        var bytes = text.getBytes(UTF_8);
        var slot = slot(bytes);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        places.set(size, store(bytes));
        slots[slot] = ++size;
        if (size * 2L > slots.length) {
            grow();
        }
        return size - 1;
    }

    /** The number of a text, or -1. */
    int find(String text) {
        return slots[slot(text.getBytes(UTF_8))] - 1;
    }

    String text(int index) {
        var place = places.get(index);
        var at = place >> LENGTH_BITS;
        return new String(chunk(at), offset(at), length(place), UTF_8);
    }

    private long store(byte[] bytes) {
        if (bytes.length >= 1 << LENGTH_BITS) {
            throw new IllegalArgumentException("key: " + bytes.length + " bytes (expected: below 1024)");
        }
        if (used + bytes.length > CHUNK) {
            chunks.add(new byte[CHUNK]);
            used = 0;
        }
        System.arraycopy(bytes, 0, chunks.get(chunks.size() - 1), used, bytes.length);
        var at = (chunks.size() - 1L) * CHUNK + used;
        used += bytes.length;
        return at << LENGTH_BITS | bytes.length;
    }

    /** Where the text is, or where it would go. */
    private int slot(byte[] bytes) {
        var slot = spread(hash(bytes, 0, bytes.length)) & (slots.length - 1);
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, bytes)) {
            slot = slot + 1 & (slots.length - 1);
        }
        return slot;
    }

    private boolean isAt(int index, byte[] bytes) {
        var place = places.get(index);
        var at = place >> LENGTH_BITS;
        return Arrays.equals(chunk(at), offset(at), offset(at) + length(place), bytes, 0, bytes.length);
    }

    private void grow() {
        var larger = new int[slots.length * 2];
        for (var index = 0; index < size; index++) {
            var place = places.get(index);
            var at = place >> LENGTH_BITS;
            var slot = spread(hash(chunk(at), offset(at), length(place))) & (larger.length - 1);
            while (larger[slot] != 0) {
                slot = slot + 1 & (larger.length - 1);
            }
            larger[slot] = index + 1;
        }
        slots = larger;
    }

    private byte[] chunk(long at) {
        return chunks.get((int) (at / CHUNK));
    }

    private static int offset(long at) {
        return (int) (at % CHUNK);
    }

    private static int length(long place) {
        return (int) (place & ((1 << LENGTH_BITS) - 1));
    }

    private static int hash(byte[] bytes, int from, int length) {
        var hash = 1;
        for (var i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** Ids that differ in their last letters have hashes that differ by little. */
    private static int spread(int hash) {
        var mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
