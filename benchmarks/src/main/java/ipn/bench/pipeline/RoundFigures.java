package ipn.bench.pipeline;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Pairs;
import ipn.bench.results.Chart;
import ipn.bench.results.LatencyCharts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Figures of pairs of rounds, under the names that a result gives the two sides.
 *
 * @param candidate name of {@link Side#CANDIDATE}
 * @param baseline name of {@link Side#BASELINE}
 */
public record RoundFigures(Pairs<Side, Round> pairs, String candidate, String baseline) {
    private static final double MICROS_PER_MILLI = 1000;

    public Figure speed() {
        return compared("notifications per second", 0, Round::rate);
    }

    public Figure cost() {
        return compared("processor ms per notification", 3, Round::processorMillis);
    }

    /** The processor time of each process, in rounds of either side. */
    public List<Figure> processes() {
        var names = new TreeSet<String>();
        pairs.all()
                .forEach(pair -> pair.values()
                        .forEach(round -> names.addAll(round.processorSeconds().keySet())));
        return names.stream()
                .map(process -> sides(
                        "  " + process,
                        3,
                        perNotification(round -> round.processorSeconds().getOrDefault(process, 0.0) * 1000)))
                .toList();
    }

    /** What was written to the broker. */
    public List<Figure> written() {
        return List.of(
                compared(
                        "records per notification",
                        2,
                        perNotification(round -> round.total().records())),
                compared(
                        "batches per notification",
                        2,
                        perNotification(round -> round.total().batches())),
                compared("transactions per notification", 3, perNotification(Round::transactionCount)),
                compared(
                        "markers per notification",
                        2,
                        perNotification(round -> round.total().markers())),
                compared(
                        "bytes per notification",
                        0,
                        perNotification(round -> round.total().bytes())));
    }

    /** From when a notification was due until its acknowledgement. */
    public Figure acknowledgement(int percentile) {
        return compared("acknowledgement ms, p" + percentile, 1, millis(Round.Latencies::acknowledgement, percentile));
    }

    /** From the acknowledgement until a committed reader has read the result. */
    public Figure readable(int percentile) {
        return compared(
                "acknowledged until readable ms, p" + percentile, 1, millis(Round.Latencies::readable, percentile));
    }

    /** Charts of both over percentiles. */
    public List<Chart> latencyCharts() {
        return List.of(
                LatencyCharts.percentiles(
                        "From the acknowledgement until a committed reader has read the result",
                        latencies(Round.Latencies::readable)),
                LatencyCharts.percentiles(
                        "From when a notification was due until its acknowledgement",
                        latencies(Round.Latencies::acknowledgement)));
    }

    private Map<String, Histogram> latencies(Function<Round.Latencies, Histogram> of) {
        var all = new LinkedHashMap<String, Histogram>();
        for (var side : Side.values()) {
            all.put(
                    side == Side.CANDIDATE ? candidate : baseline,
                    LatencyCharts.sum(pairs.rounds(side).stream()
                            .map(round -> of.apply(round.latencies().orElseThrow()))
                            .toList()));
        }
        return all;
    }

    private static ToDoubleFunction<Round> perNotification(ToDoubleFunction<Round> amount) {
        return round -> round.perNotification(amount.applyAsDouble(round));
    }

    private static ToDoubleFunction<Round> millis(Function<Round.Latencies, Histogram> of, double percentile) {
        return round -> of.apply(round.latencies().orElseThrow()).getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    private Figure sides(String name, int decimals, ToDoubleFunction<Round> figure) {
        return Figure.named(name)
                .with(candidate, pairs.spread(Side.CANDIDATE, figure), decimals)
                .with(baseline, pairs.spread(Side.BASELINE, figure), decimals);
    }

    /** A figure of each side, and their ratio. */
    public Figure compared(String name, int decimals, ToDoubleFunction<Round> figure) {
        return sides(name, decimals, figure)
                .withRatio(candidate, baseline, pairs.ratios(Side.CANDIDATE, Side.BASELINE, figure));
    }
}
