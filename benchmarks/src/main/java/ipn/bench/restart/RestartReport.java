package ipn.bench.restart;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Spread;
import ipn.bench.restart.KilledStages.Restart;
import ipn.bench.results.BenchResult;
import ipn.bench.results.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The result of {@code bench restart}.
 *
 * @param options of the run
 * @param filled what the stages had processed before the first kill
 * @param differences from what was expected, as text
 */
record RestartReport(
        RunInfo run, Map<String, Object> options, Filled filled, List<Restart> restarts, List<String> differences) {
    private static final String SIDE = "pipeline";
    private static final int PAYMENTS_OF_GOAL = 1_000_000;
    private static final double SECONDS_MAX = 10;

    /**
     * The state before the first kill.
     *
     * @param seconds that the payments took
     * @param changelogMib size of the changelogs in the broker
     */
    record Filled(int payments, double seconds, long changelogMib) {}

    List<Figure> figures() {
        var all = new ArrayList<Figure>();
        all.add(figure("payments per second, before the first kill", 0, filled.payments() / filled.seconds()));
        all.add(figure("MiB of changelogs", 0, filled.changelogMib()));
        if (!restarts.isEmpty()) {
            all.add(figure("seconds from a kill until the processor is ready", Restart::processor));
            all.add(figure("seconds from a kill until the projector is ready", Restart::projector));
            var flowing = figure("seconds from a kill until entitlements flow", Restart::flowing);
            all.add(
                    filled.payments() >= PAYMENTS_OF_GOAL
                            ? flowing.withGoal(SIDE, Goal.atMost(SECONDS_MAX, SECONDS_MAX))
                            : flowing);
        }
        return all;
    }

    private static Figure figure(String name, int decimals, double value) {
        return Figure.named(name).with(SIDE, Spread.over(List.of(value)), decimals);
    }

    private Figure figure(String name, ToDoubleFunction<Restart> value) {
        return Figure.named(name)
                .with(
                        SIDE,
                        Spread.over(restarts.stream().map(value::applyAsDouble).toList()),
                        1);
    }

    /** For programs. */
    BenchResult result() {
        return new BenchResult(
                "restart",
                String.format(Locale.ROOT, "Restart with %,d payments", filled.payments()),
                "Processor and projector are killed with SIGKILL while purchases arrive, and restore their state.",
                run,
                options,
                figures(),
                List.of(),
                Map.of("restarts", restarts),
                differences);
    }
}
