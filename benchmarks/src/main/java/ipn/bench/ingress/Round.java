package ipn.bench.ingress;

import ipn.bench.generator.Outcomes;
import ipn.bench.generator.Outcomes.Statuses;
import ipn.bench.load.LoadCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/**
 * The figures of one round of one side.
 *
 * @param acknowledged number of calls
 * @param seconds from the begin until the last response
 * @param processorSeconds processor time by process
 * @param micros from when a call was due until its acknowledgement
 */
record Round(
        Side side,
        int acknowledged,
        double seconds,
        SortedMap<String, Double> processorSeconds,
        Map<Integer, Integer> statuses,
        Histogram micros) {
    private static final double MICROS_PER_MILLI = 1000;

    static Round of(Side side, Outcomes outcomes, SortedMap<String, Double> processorSeconds) {
        return new Round(
                side,
                outcomes.count(Statuses.ACKNOWLEDGED),
                outcomes.seconds(),
                processorSeconds,
                outcomes.statuses(),
                outcomes.micros(Statuses.ACKNOWLEDGED));
    }

    /** Acknowledged calls per second. */
    double rate() {
        return acknowledged / seconds;
    }

    /** Milliseconds of processor time for each acknowledged call, of the broker and the process of this side. */
    double processorMillis() {
        return processorSeconds.keySet().stream()
                .filter(side::counts)
                .mapToDouble(this::processorMillis)
                .sum();
    }

    /** The same of one process. */
    double processorMillis(String process) {
        return processorSeconds.getOrDefault(process, 0.0) * 1000 / acknowledged;
    }

    /** Of the time until the acknowledgement. */
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** For programs. */
    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("side", side.label());
        json.put("acknowledged", acknowledged);
        json.put("seconds", seconds);
        json.put("statuses", statuses);
        json.put("processorSeconds", processorSeconds);
        json.put("acknowledgementMillis", LoadCommand.percentiles(micros));
        return json;
    }
}
