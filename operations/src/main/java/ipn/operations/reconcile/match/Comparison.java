package ipn.operations.reconcile.match;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of comparing a report with payment state. Amounts are in minor units by ISO 4217.
 *
 * @param lines number of lines of the report, without the header
 * @param skipped number of lines that the settings exclude
 * @param from the beginning of the time that is compared; null if it is not given and no line is about money
 * @param until the end of that time; null as {@code from}
 * @param facts number of captures, refunds and disputes of the account in payment state
 * @param matched number of those that are equal in the report
 * @param sums sums by class of result, kind and currency
 * @param fees fees in the report, and in payment state for the same facts
 * @param unknownTypes number of lines of each type that the settings do not know
 * @param findings number of findings
 * @param examples the first findings of each class
 * @param notChosen number of lines about money that were not to be compared: of another time, or of another payment
 * @param unread where one payment was asked for: number of lines that cannot be read or are of an unknown type, and so may be about it
 */
public record Comparison(
        long lines,
        long skipped,
        @Nullable Instant from,
        @Nullable Instant until,
        long facts,
        long matched,
        List<Sum> sums,
        List<Fees> fees,
        Map<String, Long> unknownTypes,
        long findings,
        List<Finding> examples,
        long notChosen,
        long unread) {

    /** One row of the summary; {@code what} is MATCHED, a class of findings, or FEE or PAYOUT for lines that are only added up. */
    public record Sum(String what, String kind, String currency, long count, long reported, long ours) {}

    /** Fees in one currency; {@code ours} for payments whose notifications contain a fee. */
    public record Fees(String currency, long reported, long ours) {}

    /** Whether one payment was asked for, and neither the report nor payment state has it in that time. */
    public boolean isEmpty(LineChoice choice) {
        return choice.payment().isPresent() && sums.isEmpty();
    }

    /** Whether there are no findings. */
    public boolean agrees() {
        return findings == 0;
    }

    /** The number of findings of a class. */
    public long count(Finding.What what) {
        return sums.stream()
                .filter(sum -> sum.what().equals(what.name()))
                .mapToLong(Sum::count)
                .sum();
    }
}
