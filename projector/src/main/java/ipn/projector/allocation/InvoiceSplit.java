package ipn.projector.allocation;

import ipn.projector.catalogue.Amounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;

/**
 * Splits the money of one invoice over the products that its lines sell, and what went back of it. The parts of an amount add up to it
 * exactly:
 *
 * <ol>
 *   <li>What was paid is split in proportion to what the lines cost after discounts.
 *   <li>What the gateway refunded of the lines of a product is refunded of that product, up to what was paid for it.
 *   <li>All else that was refunded, and then what disputes hold back, is split in proportion to what is left of each product. So a
 *       refund of everything leaves nothing of any product.
 * </ol>
 *
 * @param costs of each product's lines after discounts, then of the lines that sell no product of the catalogue; minor units, 0 or more
 * @param refundedByLine minor units that the gateway refunded of the lines of each, in the same order
 */
record InvoiceSplit(List<Long> costs, List<Long> refundedByLine) {
    /** All of it is for one product. */
    static final InvoiceSplit NONE = new InvoiceSplit(List.of(1L), List.of(0L));

    InvoiceSplit {
        // if everything is discounted to nothing, the first product has the money, if there is any
        costs = sum(costs) > 0
                ? List.copyOf(costs)
                : IntStream.range(0, costs.size())
                        .mapToObj(index -> index == 0 ? 1L : 0L)
                        .toList();
        refundedByLine = List.copyOf(refundedByLine);
    }

    /** Whether the gateway names a line that it refunded. */
    boolean isByLine() {
        return sum(refundedByLine) > 0;
    }

    /** Whether the gateway refunded all that the lines of one product cost, tax apart: then nothing that remains counts. */
    boolean isFullyRefunded(int index) {
        var refunded = refundedByLine.get(index);
        return refunded > 0 && refunded >= costs.get(index);
    }

    List<Long> paid(long whole) {
        return split(whole, costs);
    }

    /** @param paid with the whole invoice */
    List<Long> refunded(long paid, long whole) {
        var byLine = new ArrayList<Long>();
        var rest = whole;
        var paidFor = paid(paid);
        for (var index = 0; index < costs.size(); index++) {
            var amount = Math.min(rest, Math.min(refundedByLine.get(index), paidFor.get(index)));
            byLine.add(amount);
            rest -= amount;
        }
        return each(byLine, split(rest, each(paidFor, byLine, (has, back) -> has - back)), Math::addExact);
    }

    /**
     * @param paid with the whole invoice
     * @param refunded of the whole invoice
     */
    List<Long> held(long paid, long refunded, long whole) {
        var left = each(paid(paid), refunded(paid, refunded), (has, back) -> Math.max(0, has - back));
        return split(whole, left);
    }

    /** Where no line was refunded, what is left of each is in the same proportion as what they cost. */
    private List<Long> split(long whole, List<Long> proportion) {
        var weights = isByLine() && sum(proportion) > 0 ? proportion : costs;
        var all = sum(weights);
        var parts = new ArrayList<Long>();
        var before = 0L;
        for (var weight : weights) {
            parts.add(Amounts.part(whole, before, before + weight, all));
            before += weight;
        }
        return Collections.unmodifiableList(parts);
    }

    private static List<Long> each(List<Long> some, List<Long> others, LongBinaryOperator both) {
        return IntStream.range(0, some.size())
                .mapToObj(index -> both.applyAsLong(some.get(index), others.get(index)))
                .toList();
    }

    private static long sum(List<Long> amounts) {
        return amounts.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }
}
