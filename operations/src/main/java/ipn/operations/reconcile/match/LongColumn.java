package ipn.operations.reconcile.match;

import java.util.ArrayList;
import java.util.List;

/** Numbers by index, 8 bytes each, growing without copying. */
final class LongColumn {
    private static final int BITS = 16;
    private static final int CHUNK = 1 << BITS;

    private final List<long[]> chunks = new ArrayList<>();

    long get(int index) {
        return chunks.get(index >> BITS)[index & (CHUNK - 1)];
    }

    /** Any index at or below the size so far. */
    void set(int index, long value) {
        if (index >> BITS == chunks.size()) {
            chunks.add(new long[CHUNK]);
        }
        chunks.get(index >> BITS)[index & (CHUNK - 1)] = value;
    }
}
