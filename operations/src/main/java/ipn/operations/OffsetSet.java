package ipn.operations;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of offsets of one partition: one bit each, in pages, so that millions take little and gaps take nothing. */
final class OffsetSet {
    private static final int PAGE_BITS = 1 << 16;
    private static final int WORDS = PAGE_BITS / Long.SIZE;

    private final TreeMap<Long, long[]> pages = new TreeMap<>();
    private long size;

    /** @return false where it was there already */
    boolean add(long offset) {
        var page = pages.computeIfAbsent(offset / PAGE_BITS, number -> new long[WORDS]);
        var word = word(offset);
        if ((page[word] & bit(offset)) != 0) {
            return false;
        }
        page[word] |= bit(offset);
        size++;
        return true;
    }

    boolean contains(long offset) {
        var page = pages.get(offset / PAGE_BITS);
        return page != null && (page[word(offset)] & bit(offset)) != 0;
    }

    long size() {
        return size;
    }

    /** The smallest, or the largest possible offset where there is none. */
    long first() {
        for (var page : pages.entrySet()) {
            var word = 0;
            while (word < WORDS && page.getValue()[word] == 0) {
                word++;
            }
            if (word < WORDS) {
                return page.getKey() * PAGE_BITS
                        + (long) word * Long.SIZE
                        + Long.numberOfTrailingZeros(page.getValue()[word]);
            }
        }
        return Long.MAX_VALUE;
    }

    /** Passes on, in order, what is in here and not in the other. */
    void forEachNotIn(OffsetSet other, LongConsumer each) {
        pages.forEach((number, page) -> {
            var left = Arrays.copyOf(page, WORDS);
            var there = other.pages.get(number);
            for (var word = 0; word < WORDS; word++) {
                left[word] &= there == null ? -1L : ~there[word];
                for (var bits = left[word]; bits != 0; bits &= bits - 1) {
                    each.accept(number * PAGE_BITS + (long) word * Long.SIZE + Long.numberOfTrailingZeros(bits));
                }
            }
        });
    }

    private static int word(long offset) {
        return (int) (offset % PAGE_BITS) / Long.SIZE;
    }

    /** A shift takes its distance modulo 64. */
    private static long bit(long offset) {
        return 1L << offset;
    }
}
