package ipn.bench.ingress;

import java.util.List;

/** When a server is again as fast as before an overload. */
final class Recovery {
    private Recovery() {}

    /**
     * The seconds until the 99th percentile stays below that of the slowest second before the overload, in at least three seconds in a row; the whole
     * time if it never does.
     *
     * @param before the 99th percentile of each second before the overload
     * @param after the same after it
     */
    static int seconds(List<Double> before, List<Double> after) {
        var normal = before.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (var second = 0; second < after.size(); second++) {
            var until = Math.min(after.size(), second + 3);
            if (after.subList(second, until).stream().allMatch(p99 -> p99 <= normal)) {
                return second;
            }
        }
        return after.size();
    }
}
