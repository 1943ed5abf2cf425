package ipn.operations.reconcile.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts and sums by class, kind and currency. */
final class ComparisonTotals {
    /** Unknown types that are counted one by one; further ones are left out, so that memory stays bounded. */
    private static final int TYPES_MAX = 1_000;

    private record Key(String what, String kind, String currency) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            var byWhat = what.compareTo(other.what);
            var byKind = byWhat != 0 ? byWhat : kind.compareTo(other.kind);
            return byKind != 0 ? byKind : currency.compareTo(other.currency);
        }
    }

    private static final class Sums {
        private long count;
        private long reported;
        private long ours;
    }

    private final Map<Key, Sums> rows = new TreeMap<>();
    private final Map<String, long[]> fees = new TreeMap<>();
    private final Map<String, Long> unknownTypes = new TreeMap<>();

    /** @param reported minor units in the report, or 0; {@code ours} the same in payment state */
    void add(String what, String kind, String currency, long reported, long ours) {
        var sums = rows.computeIfAbsent(new Key(what, kind, currency), key -> new Sums());
        sums.count++;
        sums.reported = Math.addExact(sums.reported, reported);
        sums.ours = Math.addExact(sums.ours, ours);
    }

    void addReportedFee(String currency, long fee) {
        addFee(currency, 0, fee);
    }

    void addOurFee(String currency, long fee) {
        addFee(currency, 1, fee);
    }

    private void addFee(String currency, int side, long fee) {
        var sums = fees.computeIfAbsent(currency, code -> new long[2]);
        sums[side] = Math.addExact(sums[side], fee);
    }

    void addUnknownType(String type) {
        if (unknownTypes.size() < TYPES_MAX || unknownTypes.containsKey(type)) {
            unknownTypes.merge(type, 1L, Long::sum);
        }
    }

    List<Comparison.Sum> sums() {
        var sums = new ArrayList<Comparison.Sum>();
        rows.forEach((key, row) ->
                sums.add(new Comparison.Sum(key.what, key.kind, key.currency, row.count, row.reported, row.ours)));
        return sums;
    }

    List<Comparison.Fees> fees() {
        var sums = new ArrayList<Comparison.Fees>();
        fees.forEach((currency, row) -> sums.add(new Comparison.Fees(currency, row[0], row[1])));
        return sums;
    }

    Map<String, Long> unknownTypes() {
        return new TreeMap<>(unknownTypes);
    }
}
