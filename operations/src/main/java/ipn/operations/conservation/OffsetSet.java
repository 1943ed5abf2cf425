package ipn.operations.conservation;

import java.util.function.LongConsumer;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A set of offsets of one partition: compressed bits, so that millions of consecutive offsets take little memory. */
final class OffsetSet {
    private final Roaring64Bitmap offsets = new Roaring64Bitmap();

    /** @return false if the set already contains the offset */
    boolean add(long offset) {
        if (offsets.contains(offset)) {
            return false;
        }
        offsets.addLong(offset);
        return true;
    }

    boolean contains(long offset) {
        return offsets.contains(offset);
    }

    long size() {
        return offsets.getLongCardinality();
    }

    /** The smallest offset; {@link Long#MAX_VALUE} if the set is empty. */
    long first() {
        return offsets.isEmpty() ? Long.MAX_VALUE : offsets.first();
    }

    /** Passes the offsets that this set contains and the other does not, in ascending order. */
    void forEachNotIn(OffsetSet other, LongConsumer each) {
        offsets.forEach(offset -> {
            if (!other.contains(offset)) {
                each.accept(offset);
            }
        });
    }
}
