package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.topics.ByteLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Which payments are kept where there are too many: those with the most money, because anybody can pay one cent for what is not
 * theirs.
 */
public final class MostMoney {
    /** Half of a stored value; the other half is for claims, discrepancies and postings, which follow from the payments. */
    public static final int BYTES_MAX = ByteLimits.MESSAGE / 2;

    private MostMoney() {}

    /**
     * Payments by key.
     *
     * @param leftOut keys of those that are not kept, because there are too many
     */
    public record Kept<V>(Map<String, V> payments, Set<String> leftOut) {
        /** All of them. */
        public static <V> Kept<V> all(Map<String, V> payments) {
            return new Kept<>(payments, Set.of());
        }

        /** Whether the only effect of a payment is that it is left out. */
        public boolean leavesOutOnly(String payer, Map<String, V> before) {
            return !before.containsKey(payer) && leftOut.equals(Set.of(payer));
        }
    }

    /**
     * Those that fit, in the order of their rank; one that does not fit makes room for the next.
     *
     * @param max how many are kept, of {@link #BYTES_MAX} in all
     * @param bytes what one takes
     */
    public static <V> Kept<V> keep(List<Map.Entry<String, V>> ranked, int max, ToIntFunction<V> bytes) {
        var kept = new HashMap<String, V>();
        var leftOut = new HashSet<String>();
        var sum = 0;
        for (var entry : ranked) {
            var more = kept.size() < max ? bytes.applyAsInt(entry.getValue()) : 0;
            if (kept.size() < max && sum + more <= BYTES_MAX) {
                sum += more;
                kept.put(entry.getKey(), entry.getValue());
            } else {
                leftOut.add(entry.getKey());
            }
        }
        return new Kept<>(kept, leftOut);
    }

    /** The most that was captured in one currency, in minor units. */
    public static long captured(Stream<PaymentState> states) {
        return states.mapToLong(MostMoney::captured).max().orElse(0);
    }

    /** The most that one payment captured in one currency, in minor units. */
    public static long captured(PaymentState state) {
        var most = 0L;
        for (var totals : state.getTotals()) {
            most = Math.max(most, totals.getCaptured());
        }
        return most;
    }
}
