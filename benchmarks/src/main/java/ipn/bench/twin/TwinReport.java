package ipn.bench.twin;

import ipn.bench.compare.Figure;
import ipn.bench.compare.FigureTable;
import ipn.bench.compare.Pairs;
import ipn.bench.compare.Spread;
import ipn.bench.pipeline.PipelineReport;
import ipn.bench.pipeline.Round;
import ipn.bench.pipeline.RoundFigures;
import ipn.bench.pipeline.Side;
import ipn.bench.results.BenchResult;
import ipn.bench.results.Chart;
import ipn.bench.results.RunInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The result of {@code bench twin}. A list or map without entries is a part of the run that was left out.
 *
 * @param options of the run
 * @param idle processor time by process in one second in which nothing is sent
 * @param fullSpeed rounds at full speed
 * @param atRate rounds at a fixed rate
 * @param memory after these rounds
 * @param differences from the expected results in rounds without kills, and those of the pipeline with kills
 */
record TwinReport(
        RunInfo run,
        Map<String, Object> options,
        SortedMap<String, Double> idle,
        Pairs<Side, Round> fullSpeed,
        Pairs<Side, Round> atRate,
        MemoryUse memory,
        Map<Side, List<StartRounds.Start>> starts,
        Map<Side, KillRounds.Result> kills,
        List<String> differences) {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final String DESCRIPTION =
            "The whole pipeline beside a service with Spring Boot, Kafka and PostgreSQL that does a part of the same work (twin), on the same broker"
                    + " and with the same signed notifications: posts and paid months, refunds and disputes in random order, a tenth of them twice."
                    + " Rounds alternate. Then both are stopped and started, and killed under load. All entitlements are compared with expected results.";

    /** The name of a side in this report. */
    static String name(Side side) {
        return side == Side.CANDIDATE ? "pipeline" : "twin";
    }

    private static RoundFigures figures(Pairs<Side, Round> pairs) {
        return new RoundFigures(pairs, name(Side.CANDIDATE), name(Side.BASELINE));
    }

    List<Figure> figures() {
        var all = new ArrayList<Figure>();
        if (!fullSpeed.all().isEmpty()) {
            var rounds = figures(fullSpeed);
            all.add(rounds.speed());
            all.add(rounds.compared(
                    "notifications per processor second", 0, round -> MILLIS_PER_SECOND / round.processorMillis()));
            all.add(rounds.cost());
            all.addAll(rounds.processes());
            all.addAll(rounds.written());
        }
        if (!atRate.all().isEmpty()) {
            for (var percentile : List.of(50, 99)) {
                all.add(figures(atRate).acknowledgement(percentile));
                all.add(figures(atRate).readable(percentile));
            }
        }
        all.add(bySide("resident MiB, with the broker", 0, side -> List.of(memory.mebibytes(side))));
        if (!starts.isEmpty()) {
            all.add(start("seconds from a start until ready", StartRounds.Start::ready));
            all.add(start("seconds from a start until an entitlement", StartRounds.Start::flowing));
        }
        if (!kills.isEmpty()) {
            all.add(kill("killed: acknowledged, not stored", KillRounds.Result::notStored));
            all.add(kill(
                    "killed: wrong entitlements", result -> result.emitted().wrong()));
            all.add(kill("killed: events lost", result -> result.emitted().missing()));
            all.add(kill("killed: events repeated", result -> result.emitted().repeated()));
            all.add(bySide(
                    "killed: seconds without events", 1, side -> result(side).outages()));
        }
        return all;
    }

    private static Figure bySide(String name, int decimals, Function<Side, Collection<Double>> values) {
        var figure = Figure.named(name);
        for (var side : Side.values()) {
            figure = figure.with(name(side), Spread.over(values.apply(side)), decimals);
        }
        return figure;
    }

    private Figure start(String name, ToDoubleFunction<StartRounds.Start> value) {
        return bySide(
                name,
                1,
                side -> starts.getOrDefault(side, List.of()).stream()
                        .map(value::applyAsDouble)
                        .toList());
    }

    private Figure kill(String name, ToDoubleFunction<KillRounds.Result> value) {
        return bySide(name, 0, side -> List.of(value.applyAsDouble(result(side))));
    }

    private KillRounds.Result result(Side side) {
        var result = kills.get(side);
        if (result == null) {
            throw new IllegalStateException("kills: no round of %s (expected: one of each side)".formatted(side));
        }
        return result;
    }

    /** For people. */
    List<String> lines() {
        return FigureTable.lines(figures());
    }

    /** For programs. */
    BenchResult result() {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("idleProcessorSecondsPerSecond", idle);
        detail.put("fullSpeed", json(fullSpeed));
        detail.put("atRate", json(atRate));
        detail.put("residentKib", memory.kib());
        detail.put("startSeconds", named(starts));
        detail.put("kills", named(kills));
        return new BenchResult(
                "twin",
                "Pipeline and Spring twin",
                DESCRIPTION,
                run,
                options,
                figures(),
                charts(),
                detail,
                differences);
    }

    private List<Chart> charts() {
        return atRate.all().isEmpty() ? List.of() : figures(atRate).latencyCharts();
    }

    private static List<Object> json(Pairs<Side, Round> pairs) {
        return pairs.all().stream()
                .<Object>map(
                        pair -> pair.values().stream().map(TwinReport::json).toList())
                .toList();
    }

    private static Map<String, Object> json(Round round) {
        var json = PipelineReport.roundJson(round);
        json.put("side", name(round.side()));
        return json;
    }

    private static <T> Map<String, T> named(Map<Side, T> values) {
        var json = new LinkedHashMap<String, T>();
        values.forEach((side, value) -> json.put(name(side), value));
        return json;
    }
}
