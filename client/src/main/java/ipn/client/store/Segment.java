package ipn.client.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A hash table whose entries are blocks in one array of bytes: key after its length, value after its length. One thread writes, and appends;
 * it never changes a block, but publishes another in its place. So any thread may read at any time without a lock. When the array is full,
 * the blocks in use are copied to a new one.
 */
final class Segment {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int EMPTY = 0;
    private static final int REMOVED = -1;
    private static final int SLOTS_MIN = 8;
    private static final int SPARE_BYTES = 64;

    /**
     * Where the entries are.
     *
     * @param slots for each hash the position of a block, plus 1; or {@link #EMPTY} or {@link #REMOVED}
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Table(int[] slots, byte[] blocks) {}

    /** A value within the blocks. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Value(byte[] bytes, int at) {}

    /** Receives an entry: where its key is, and its value. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(byte[] bytes, int keyAt, int keyLength, int valueAt, int valueLength);
    }

    private final int seed;
    private volatile Table table = new Table(new int[SLOTS_MIN], new byte[0]);
    private int used;
    private int usedByLive;
    private int live;
    private int filled;

    /** @param seed of the hashes */
    Segment(int seed) {
        this.seed = seed;
    }

    @Nullable
    Value get(KeyBytes key) {
        var now = table;
        var mask = now.slots().length - 1;
        for (var i = key.hash() & mask; ; i = i + 1 & mask) {
            var slot = (int) SLOT.getAcquire(now.slots(), i);
            if (slot == EMPTY) {
                return null;
            }
            if (slot > 0 && hasKey(now.blocks(), slot - 1, key.bytes())) {
                return value(now.blocks(), slot - 1);
            }
        }
    }

    void put(KeyBytes key, byte[] value) {
        var needed =
                Varints.sizeOf(key.bytes().length) + key.bytes().length + Varints.sizeOf(value.length) + value.length;
        if (used + needed > table.blocks().length || (filled + 1) * 4 > table.slots().length * 3) {
            rebuild(needed);
        }
        var now = table;
        var slot = slotOf(now, key);
        var start = used;
        used = Varints.put(now.blocks(), used, key.bytes());
        used = Varints.put(now.blocks(), used, value);
        usedByLive += needed;
        if (slot >= 0) {
            usedByLive -= sizeAt(now.blocks(), now.slots()[slot] - 1);
        } else {
            live++;
            filled++;
            slot = freeSlot(now.slots(), key.hash());
        }
        SLOT.setRelease(now.slots(), slot, start + 1);
    }

    void remove(KeyBytes key) {
        var now = table;
        var slot = slotOf(now, key);
        if (slot >= 0) {
            usedByLive -= sizeAt(now.blocks(), now.slots()[slot] - 1);
            live--;
            SLOT.setRelease(now.slots(), slot, REMOVED);
        }
    }

    /** Visits all entries; of those that change meanwhile, the old or the new one. */
    void forEach(Visitor visitor) {
        var now = table;
        for (var i = 0; i < now.slots().length; i++) {
            var slot = (int) SLOT.getAcquire(now.slots(), i);
            if (slot > 0 && !visit(now.blocks(), slot - 1, visitor)) {
                return;
            }
        }
    }

    private static boolean visit(byte[] blocks, int at, Visitor visitor) {
        var key = new ByteReader(blocks, at);
        var keyLength = key.count();
        var value = new ByteReader(blocks, key.position() + keyLength);
        var valueLength = value.count();
        return visitor.visit(blocks, key.position(), keyLength, value.position(), valueLength);
    }

    int size() {
        return live;
    }

    /** Memory of the table. */
    long bytes() {
        var now = table;
        return now.blocks().length + (long) Integer.BYTES * now.slots().length;
    }

    private static int slotOf(Table in, KeyBytes key) {
        var mask = in.slots().length - 1;
        for (var i = key.hash() & mask; ; i = i + 1 & mask) {
            var slot = (int) SLOT.getAcquire(in.slots(), i);
            if (slot == EMPTY) {
                return -1;
            }
            if (slot > 0 && hasKey(in.blocks(), slot - 1, key.bytes())) {
                return i;
            }
        }
    }

    private static boolean hasKey(byte[] blocks, int at, byte[] key) {
        var start = at + Varints.sizeOf(key.length);
        return Varints.startsWith(blocks, at, key.length)
                && Arrays.equals(blocks, start, start + key.length, key, 0, key.length);
    }

    private static Value value(byte[] blocks, int at) {
        var in = new ByteReader(blocks, at);
        in.skip(in.count());
        in.count();
        return new Value(blocks, in.position());
    }

    private static int sizeAt(byte[] blocks, int at) {
        var in = new ByteReader(blocks, at);
        in.skip(in.count());
        in.skip(in.count());
        return in.position() - at;
    }

    private static int freeSlot(int[] slots, int hash) {
        var mask = slots.length - 1;
        var i = hash & mask;
        while (slots[i] != EMPTY) {
            i = i + 1 & mask;
        }
        return i;
    }

    /** Copies the blocks in use, with room for a quarter more. */
    private void rebuild(int needed) {
        var old = table;
        var slots = new int[Math.max(SLOTS_MIN, Integer.highestOneBit(live + 1) * 4)];
        var blocks = new byte[Math.addExact(usedByLive + needed, (usedByLive + needed) / 4 + SPARE_BYTES)];
        var end = 0;
        for (var i = 0; i < old.slots().length; i++) {
            var at = old.slots()[i] - 1;
            if (at >= 0) {
                var size = sizeAt(old.blocks(), at);
                System.arraycopy(old.blocks(), at, blocks, end, size);
                slots[freeSlot(slots, hashAt(blocks, end))] = end + 1;
                end += size;
            }
        }
        used = end;
        filled = live;
        table = new Table(slots, blocks);
    }

    private int hashAt(byte[] blocks, int at) {
        var in = new ByteReader(blocks, at);
        var length = in.count();
        return KeyBytes.hashOf(blocks, in.position(), length, seed);
    }
}
