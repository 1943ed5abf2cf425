package ipn.bench.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds how long nothing arrived after kills. */
final class Outages {
    private Outages() {}

    /**
     * For each kill the longest interval between two arrivals, the first of which may be before it, until the next kill.
     *
     * @param arrivals times in any order, by {@link System#nanoTime()}
     * @param kills times in ascending order
     */
    static List<Double> seconds(List<Long> arrivals, List<Long> kills) {
        var sorted = arrivals.stream().sorted().toList();
        var outages = new ArrayList<Double>();
        for (var i = 0; i < kills.size(); i++) {
            var from = kills.get(i);
            var to = i + 1 < kills.size() ? kills.get(i + 1) : Long.MAX_VALUE;
            var longest = 0L;
            for (var at = 1; at < sorted.size(); at++) {
                if (sorted.get(at) >= from && sorted.get(at - 1) < to) {
                    longest = Math.max(longest, sorted.get(at) - sorted.get(at - 1));
                }
            }
            outages.add((double) longest / TimeUnit.SECONDS.toNanos(1));
        }
        return outages;
    }
}
