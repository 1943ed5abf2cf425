package ipn.projector.ledger;

import java.time.LocalDate;
import java.util.List;

/**
 * How a sum is divided among days.
 *
 * @param known parts whose day is known
 * @param otherwise the day of the rest
 */
record DaySplit(List<Part> known, LocalDate otherwise) {

    /** @param amount minor units, 0 or more */
    record Part(LocalDate day, long amount) {}

    /** Receives a part of the sum; amounts are above zero. */
    @FunctionalInterface
    interface Each {
        void on(LocalDate day, long amount);
    }

    /** Gives each known part its share until nothing of the sum is left, and the rest to the other day. */
    void spread(long sum, Each each) {
        var left = sum;
        for (var part : known) {
            var share = Math.min(left, part.amount);
            if (share > 0) {
                each.on(part.day, share);
                left -= share;
            }
        }
        if (left > 0) {
            each.on(otherwise, left);
        }
    }
}
