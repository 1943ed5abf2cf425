package ipn.bench.ingress;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Pairs;
import ipn.bench.results.BenchResult;
import ipn.bench.results.Chart;
import ipn.bench.results.LatencyCharts;
import ipn.bench.results.RunInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * The result of {@code bench ingress}.
 *
 * @param options of the run
 * @param rate calls per second of the open loop
 * @param saturated rounds of the closed loop
 * @param atRate rounds of the open loop
 * @param differences from what was expected, as text
 */
record IngressReport(
        RunInfo run,
        Map<String, Object> options,
        int rate,
        Pairs<Side, Round> saturated,
        Pairs<Side, Round> atRate,
        List<String> differences) {
    private static final String DESCRIPTION =
            "The ingress, which verifies signatures of several gateways, beside a bare HTTP handler that only sends each body to a topic"
                    + " (acks=all) and answers when it is acknowledged, and a producer without HTTP. Each is a JVM of its own on the same"
                    + " broker, and so is the load generator, which sends signed calls. Rounds alternate.";
    private static final String INGRESS = Side.INGRESS.label();
    private static final String BARE = Side.BARE.label();
    private static final String PRODUCER = Side.PRODUCER.label();

    List<Figure> figures() {
        var all = new ArrayList<Figure>();
        all.add(compared(saturated, "acknowledged per second, closed loop", 0, Round::rate)
                .withGoal(Figure.ratioOf(INGRESS, BARE), Goal.atLeast(0.7, 0.9)));
        all.addAll(costs(saturated, "closed loop", Side.SERVERS));
        for (var percentile : List.of(50.0, 90.0, 99.0, 99.9)) {
            var name = String.format(
                    Locale.ROOT,
                    "ms until acknowledged at %,d per second, p%s",
                    rate,
                    Double.toString(percentile).replaceAll("\\.0$", ""));
            ToDoubleFunction<Round> millis = round -> round.millis(percentile);
            var figure = compared(atRate, name, 2, millis)
                    .with(PRODUCER, atRate.spread(Side.PRODUCER, millis), 2)
                    .withRatio(INGRESS, PRODUCER, atRate.ratios(Side.INGRESS, Side.PRODUCER, millis));
            all.add(
                    percentile == 99
                            ? figure.withGoal(Figure.ratioOf(INGRESS, PRODUCER), Goal.atMost(3, 1.5))
                            : figure);
        }
        all.addAll(costs(atRate, String.format(Locale.ROOT, "%,d per second", rate), List.of(Side.values())));
        return all;
    }

    /** Processor time: of the side and the broker, and of each process. */
    private static List<Figure> costs(Pairs<Side, Round> pairs, String loop, List<Side> sides) {
        var all = new ArrayList<Figure>();
        all.add(costOf(pairs, "processor ms per acknowledged call, " + loop, sides, Round::processorMillis)
                .withRatio(INGRESS, BARE, pairs.ratios(Side.INGRESS, Side.BARE, Round::processorMillis)));
        all.add(costOf(pairs, "  of it the broker", sides, round -> round.processorMillis("broker")));
        all.add(costOf(pairs, "  the load, not a part of it", sides, round -> round.processorMillis("load")));
        return all;
    }

    private static Figure costOf(
            Pairs<Side, Round> pairs, String name, List<Side> sides, ToDoubleFunction<Round> cost) {
        var figure = Figure.named(name);
        for (var side : sides) {
            figure = figure.with(side.label(), pairs.spread(side, cost), 3);
        }
        return figure;
    }

    private static Figure compared(Pairs<Side, Round> pairs, String name, int decimals, ToDoubleFunction<Round> of) {
        return Figure.named(name)
                .with(INGRESS, pairs.spread(Side.INGRESS, of), decimals)
                .with(BARE, pairs.spread(Side.BARE, of), decimals)
                .withRatio(INGRESS, BARE, pairs.ratios(Side.INGRESS, Side.BARE, of));
    }

    /** For programs. */
    BenchResult result() {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("closedLoop", json(saturated));
        detail.put("openLoop", json(atRate));
        return new BenchResult(
                "ingress", "Ingress", DESCRIPTION, run, options, figures(), List.of(chart()), detail, differences);
    }

    private Chart chart() {
        var micros = new LinkedHashMap<String, Histogram>();
        for (var side : Side.values()) {
            micros.put(
                    side.label(),
                    LatencyCharts.sum(
                            atRate.rounds(side).stream().map(Round::micros).toList()));
        }
        return LatencyCharts.percentiles(
                String.format(Locale.ROOT, "From when a call was due until its acknowledgement, %,d per second", rate),
                micros);
    }

    private static List<Object> json(Pairs<Side, Round> pairs) {
        return pairs.all().stream()
                .<Object>map(pair -> pair.values().stream().map(Round::json).toList())
                .toList();
    }
}
