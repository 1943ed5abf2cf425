package ipn.bench.ingress;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Pairs;
import ipn.bench.compare.Spread;
import ipn.bench.generator.Outcomes.Statuses;
import ipn.bench.load.LoadCommand;
import ipn.bench.results.BenchResult;
import ipn.bench.results.Chart;
import ipn.bench.results.Chart.Axis;
import ipn.bench.results.Chart.Line;
import ipn.bench.results.Chart.Marker;
import ipn.bench.results.Chart.Point;
import ipn.bench.results.Chart.Spacing;
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
 * The result of {@code bench overload}.
 *
 * @param options of the run
 * @param sustained the rates
 * @param attacked phases with and without attack
 * @param differences from what was expected, as text
 */
record OverloadReport(
        RunInfo run,
        Map<String, Object> options,
        Sustained sustained,
        List<Overload> overloads,
        Pairs<Mix, AttackRound> attacked,
        List<String> differences) {
    private static final String DESCRIPTION =
            "The ingress at the highest rate that it sustains, at a multiple of it, and under attack: of all calls, 10 % have slow bodies, 30 %"
                    + " wrong signatures, and 5 % are oversized. The load generator is a process of its own.";
    private static final String INGRESS = "ingress";
    private static final String CLEAN = Mix.CLEAN.label();
    private static final String ATTACKED = Mix.ATTACKED.label();

    /**
     * The rates of a run, in calls per second.
     *
     * @param closedLoop acknowledged in a closed loop
     * @param rate the knee: the highest rate that is sustained
     * @param attackRate calls under attack, those of attackers included
     */
    record Sustained(double closedLoop, int rate, Knee knee, int attackRate) {}

    List<Figure> figures() {
        var all = new ArrayList<Figure>();
        all.add(Figure.named("acknowledged per second, closed loop").with(INGRESS, value(sustained.closedLoop()), 0));
        all.add(Figure.named("sustained, calls per second").with(INGRESS, value(sustained.rate()), 0));
        if (!overloads.isEmpty()) {
            all.addAll(overloadFigures());
        }
        if (!attacked.all().isEmpty()) {
            for (var percentile : List.of(50.0, 90.0, 99.0)) {
                var figure = attackFigure(percentile);
                all.add(
                        percentile == 99
                                ? figure.withGoal(Figure.ratioOf(ATTACKED, CLEAN), Goal.atMost(1.5, 1.5))
                                : figure);
            }
        }
        return all;
    }

    private List<Figure> overloadFigures() {
        var all = new ArrayList<Figure>();
        all.add(overload(
                        "overload: acknowledged, as a share of what is sustained",
                        2,
                        each -> each.goodput() / each.sustained())
                .withGoal(INGRESS, Goal.atLeast(0.9, 0.9)));
        all.add(overload("overload: acknowledged per second", 0, Overload::goodput));
        all.add(overload("overload: refused per second", 0, Overload::refusals));
        if (overloads.stream().allMatch(each -> each.refusals() > 0)) {
            all.add(overload("overload: ms until refused, p99", 1, each -> each.overloadMillis(Statuses.REFUSED, 99))
                    .withGoal(INGRESS, Goal.atMost(50, 50)));
            all.add(overload(
                    "overload: ms until refused, greatest", 1, each -> each.overloadMillis(Statuses.REFUSED, 100)));
        }
        for (var percentile : List.of(50.0, 99.0)) {
            all.add(overload(
                    "overload: ms until acknowledged, p%.0f".formatted(percentile),
                    1,
                    each -> each.overloadMillis(Statuses.ACKNOWLEDGED, percentile)));
        }
        all.add(overload("overload: seconds until latencies are as before", 0, Overload::recoverySeconds)
                .withGoal(INGRESS, Goal.atMost(5, 5)));
        return all;
    }

    private Figure overload(String name, int decimals, ToDoubleFunction<Overload> of) {
        return Figure.named(name)
                .with(
                        INGRESS,
                        Spread.over(overloads.stream().mapToDouble(of).boxed().toList()),
                        decimals);
    }

    private Figure attackFigure(double percentile) {
        ToDoubleFunction<AttackRound> millis = round -> round.millis(percentile);
        var name = String.format(
                Locale.ROOT,
                "attack: ms until acknowledged at %,d calls per second, p%.0f",
                sustained.attackRate(),
                percentile);
        return Figure.named(name)
                .with(CLEAN, attacked.spread(Mix.CLEAN, millis), 2)
                .with(ATTACKED, attacked.spread(Mix.ATTACKED, millis), 2)
                .withRatio(ATTACKED, CLEAN, attacked.ratios(Mix.ATTACKED, Mix.CLEAN, millis));
    }

    private static Spread value(double value) {
        return new Spread(value, value, value);
    }

    /** For programs. */
    BenchResult result() {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("steps", sustained.knee().steps());
        detail.put("overloads", overloads.stream().map(OverloadReport::json).toList());
        detail.put(
                "attacks",
                attacked.all().stream()
                        .map(pair -> {
                            var json = new LinkedHashMap<String, Object>();
                            pair.forEach((mix, round) -> json.put(mix.label(), json(round)));
                            return json;
                        })
                        .toList());
        return new BenchResult(
                "overload", "Overload and attack", DESCRIPTION, run, options, figures(), charts(), detail, differences);
    }

    private static Map<String, Object> json(Overload overload) {
        return Map.of(
                "statuses", overload.outcomes().statuses(),
                "seconds", overload.seconds());
    }

    private static Map<String, Object> json(AttackRound round) {
        return Map.of(
                "statuses", round.statuses(),
                "attack", round.attack(),
                "acknowledgementMillis", LoadCommand.percentiles(round.micros()));
    }

    private List<Chart> charts() {
        var all = new ArrayList<Chart>();
        all.add(stepsChart());
        overloads.stream().findFirst().ifPresent(first -> all.addAll(overloadCharts(first)));
        if (!attacked.all().isEmpty()) {
            var micros = new LinkedHashMap<String, Histogram>();
            for (var mix : Mix.values()) {
                micros.put(
                        mix.label(),
                        LatencyCharts.sum(attacked.rounds(mix).stream()
                                .map(AttackRound::micros)
                                .toList()));
            }
            all.add(LatencyCharts.percentiles("From when an authentic call was due until its acknowledgement", micros));
        }
        return all;
    }

    private Chart stepsChart() {
        var points = sustained.knee().steps().stream()
                .map(step -> new Point(step.rate(), step.p99Millis()))
                .toList();
        return new Chart(
                "Until the acknowledgement (p99), by offered load",
                new Axis("calls per second", Spacing.LINEAR),
                new Axis("ms", Spacing.LOGARITHMIC),
                List.of(new Line(INGRESS, points)),
                List.of(new Marker("sustained", sustained.rate())));
    }

    private static List<Chart> overloadCharts(Overload overload) {
        var seconds = new Axis("seconds", Spacing.LINEAR);
        var markers = List.of(
                new Marker("sustained", overload.begin(1)),
                new Marker("overload", overload.begin(2)),
                new Marker("after it", overload.begin(3)));
        var all = overload.seconds();
        return List.of(
                new Chart(
                        "An overload: responses per second",
                        seconds,
                        new Axis("per second", Spacing.LINEAR),
                        List.of(
                                line("acknowledged", all, Overload.Second::acknowledged),
                                line("refused (503)", all, Overload.Second::refused)),
                        markers),
                new Chart(
                        "An overload: until the acknowledgement (p99)",
                        seconds,
                        new Axis("ms", Spacing.LOGARITHMIC),
                        List.of(line("acknowledged", all, Overload.Second::p99Millis)),
                        markers));
    }

    private static Line line(String label, List<Overload.Second> seconds, ToDoubleFunction<Overload.Second> of) {
        return new Line(
                label,
                seconds.stream()
                        .map(each -> new Point(each.second(), of.applyAsDouble(each)))
                        .toList());
    }
}
