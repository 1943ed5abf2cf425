package ipn.operations.reconcile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an injection would write.
 *
 * @param captures number of captures
 * @param refunds number of refunds
 * @param first the first of them, in the order of the report; at most {@value #FIRST_MAX}
 */
public record InjectionPlan(long captures, long refunds, List<PlannedRecord> first) {
    static final int FIRST_MAX = 1_000;

    public InjectionPlan {
        first = List.copyOf(first);
    }

    /**
     * One record that would be written.
     *
     * @param kind capture or refund
     * @param order as the line of the report names it; null if it does not
     * @param subject as the line of the report or else its order names it; null if neither does
     * @param amount in minor units
     * @param line number of the line of the report
     * @param at the time of that line
     */
    public record PlannedRecord(
            String paymentKey,
            String kind,
            @Nullable String order,
            @Nullable String subject,
            long amount,
            String currency,
            long line,
            Instant at) {
        PlannedRecord withSubject(@Nullable String found) {
            return new PlannedRecord(paymentKey, kind, order, found, amount, currency, line, at);
        }
    }

    public long records() {
        return captures + refunds;
    }

    /** How many records {@link #first} leaves out. */
    public long more() {
        return records() - first.size();
    }
}
