package ipn.bench.ingress;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One phase with or without attack.
 *
 * @param micros from when an authentic call was due until its acknowledgement
 * @param statuses number of authentic calls by status
 * @param attack number of other calls by kind and status
 */
record AttackRound(Histogram micros, Map<Integer, Integer> statuses, Map<String, Map<Integer, Integer>> attack) {
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
