package ipn.bench.pipeline;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * The figures of rounds at full speed, or at a fixed rate.
 *
 * @param rate notifications per second; 0: full speed
 */
record Figures(Pairs<Side, Round> pairs, int rate) {
    private static final double MICROS_PER_MILLI = 1000;
    /** At this rate and above, latencies have goals in milliseconds; below, ratios to those of the baseline have. */
    private static final int BUSY_RATE = 1000;

    private static final String CANDIDATE = Side.CANDIDATE.label();
    private static final String BASELINE = Side.BASELINE.label();
    private static final String RATIO = Figure.ratioOf(CANDIDATE, BASELINE);

    List<Figure> all() {
        var all = new ArrayList<Figure>();
        var speed = compared("notifications per second", 0, Round::rate);
        var cost = compared("processor ms per notification", 3, Round::processorMillis);
        if (rate > 0) {
            // at a slow rate, the processor time contains much that idle processes use
            all.addAll(latencies());
            all.addAll(List.of(speed, cost));
        } else {
            all.add(speed.withGoal(RATIO, Goal.atLeast(0.25, 0.6)));
            all.add(cost.withGoal(CANDIDATE, Goal.atMost(0.6, 0.25)));
        }
        processes()
                .forEach(process -> all.add(sides(
                        "  " + process,
                        3,
                        perNotification(round -> round.processorSeconds().getOrDefault(process, 0.0) * 1000))));
        all.add(compared(
                "records per notification",
                2,
                perNotification(round -> round.total().records())));
        all.add(compared(
                "batches per notification",
                2,
                perNotification(round -> round.total().batches())));
        all.add(compared("transactions per notification", 3, perNotification(Round::transactionCount)));
        all.add(compared(
                "markers per notification",
                2,
                perNotification(round -> round.total().markers())));
        all.add(compared(
                "bytes per notification",
                0,
                perNotification(round -> round.total().bytes())));
        return all;
    }

    private static ToDoubleFunction<Round> perNotification(ToDoubleFunction<Round> amount) {
        return round -> round.perNotification(amount.applyAsDouble(round));
    }

    private List<Figure> latencies() {
        var all = new ArrayList<Figure>();
        for (var percentile : List.of(50.0, 90.0, 99.0)) {
            all.add(compared(
                    "acknowledgement ms, p%.0f".formatted(percentile),
                    1,
                    millis(Round.Latencies::acknowledgement, percentile)));
            var readable = compared(
                    "acknowledged until readable ms, p%.0f".formatted(percentile),
                    1,
                    millis(Round.Latencies::readable, percentile));
            all.add(percentile == 90 ? readable : withGoal(readable, percentile == 50));
        }
        return all;
    }

    private Figure withGoal(Figure readable, boolean median) {
        if (rate >= BUSY_RATE) {
            return readable.withGoal(CANDIDATE, median ? Goal.atMost(40, 25) : Goal.atMost(120, 75));
        }
        return readable.withGoal(RATIO, Goal.atMost(2, 1.3));
    }

    private static ToDoubleFunction<Round> millis(Function<Round.Latencies, Histogram> of, double percentile) {
        return round -> of.apply(round.latencies().orElseThrow()).getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    private TreeSet<String> processes() {
        var names = new TreeSet<String>();
        pairs.all()
                .forEach(pair -> pair.values()
                        .forEach(round -> names.addAll(round.processorSeconds().keySet())));
        return names;
    }

    private Figure sides(String name, int decimals, ToDoubleFunction<Round> figure) {
        return Figure.named(name)
                .with(CANDIDATE, pairs.spread(Side.CANDIDATE, figure), decimals)
                .with(BASELINE, pairs.spread(Side.BASELINE, figure), decimals);
    }

    private Figure compared(String name, int decimals, ToDoubleFunction<Round> figure) {
        return sides(name, decimals, figure)
                .withRatio(CANDIDATE, BASELINE, pairs.ratios(Side.CANDIDATE, Side.BASELINE, figure));
    }
}
