package ipn.operations.reconcile.match;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding a report against payment state. Amounts in minor units by ISO 4217.
 *
 * @param lines of the report, its header apart
 * @param leftOut lines of types or statuses that the settings leave out
 * @param from the beginning of what the report covers: of its first line, or as asked; null where no line tells of money
 * @param until its end, as {@code from}
 * @param facts captures, refunds and disputes of the account in payment state
 * @param matched those that the report has as well, in all alike
 * @param sums by class of result, kind and currency
 * @param fees as reported, and as payment state knows them of what the report has
 * @param unknownTypes lines by type, for those that the settings do not know
 * @param findings how many
 * @param examples the first of each class
 */
public record Comparison(
        long lines,
        long leftOut,
        @Nullable Instant from,
        @Nullable Instant until,
        long facts,
        long matched,
        List<Sum> sums,
        List<Fees> fees,
        Map<String, Long> unknownTypes,
        long findings,
        List<Finding> examples) {

    /** One row of the summary; {@code what} is MATCHED, a class of findings, or FEE and PAYOUT of lines only counted. */
    public record Sum(String what, String kind, String currency, long count, long reported, long ours) {}

    /** What the gateway kept in one currency; {@code ours} of payments whose notifications named it. */
    public record Fees(String currency, long reported, long ours) {}

    /** Whether report and payment state agree in everything. */
    public boolean agrees() {
        return findings == 0;
    }

    /** How many findings there are of a class. */
    public long count(Finding.What what) {
        return sums.stream()
                .filter(sum -> sum.what().equals(what.name()))
                .mapToLong(Sum::count)
                .sum();
    }
}
