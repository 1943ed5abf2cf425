package ipn.bench.ingress;

import ipn.bench.generator.LoadPlan;
import ipn.bench.generator.LoadPlan.Attack;
import ipn.bench.generator.LoadPlan.Kind;
import ipn.bench.generator.LoadPlan.Phase;
import ipn.bench.generator.LoadPlan.Target;
import ipn.bench.generator.LoadProcess;
import ipn.bench.generator.Outcomes.Statuses;
import ipn.bench.ingress.Measurement.Measured;
import ipn.bench.load.RoundTags;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.Processors;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs rounds against the ingress alone. */
final class OverloadRounds implements AutoCloseable {
    /** Distinct calls of a round with more calls; the ingress treats a repeated call as any other. */
    private static final int DISTINCT_MAX = 50_000;

    private static final int CONNECTIONS_MAX = 3_000;
    /** The first step, as a share of the closed loop's rate. */
    private static final double FIRST_STEP = 0.4;

    private static final double STEP_FACTOR = 1.12;
    private static final int STEPS_MAX = 25;
    /** The code of the ingress is compiled when a round of a closed loop is not faster than the one before by more than this. */
    private static final double WARM_FACTOR = 1.05;

    private static final int WARM_UP_ROUNDS_MAX = 10;

    private final SeparateStages stages;
    private final LoadProcess load;
    private final RunOptions options;
    private final RoundTags tags = new RoundTags("o");
    private final List<String> differences = new ArrayList<>();

    private OverloadRounds(SeparateStages stages, LoadProcess load, RunOptions options) {
        this.stages = stages;
        this.load = load;
        this.options = options;
    }

    /** Starts all processes, and waits until they are ready. */
    static OverloadRounds start(Path data, Processors processors, RunOptions options)
            throws IOException, InterruptedException {
        var stages = SeparateStages.startIngress(data, options.port(), processors.servers());
        try {
            var load = LoadProcess.start("load", data, processors.load());
            stages.awaitReady();
            return new OverloadRounds(stages, load, options);
        } catch (IOException e) {
            stages.close();
            throw e;
        }
    }

    /** Repeats a closed loop until it becomes no faster. Returns the acknowledged calls per second of the last round. */
    double warmUp(int calls) throws IOException {
        var rate = saturate(calls);
        for (var round = 1; round < WARM_UP_ROUNDS_MAX; round++) {
            var before = rate;
            rate = saturate(calls);
            if (rate < before * WARM_FACTOR) {
                break;
            }
        }
        return rate;
    }

    private double saturate(int calls) throws IOException {
        var outcomes =
                measure("closed loop", calls, List.of(), Attack.NONE).sent().outcomes();
        var rate = outcomes.count(Statuses.ACKNOWLEDGED) / outcomes.seconds();
        System.err.printf(Locale.ROOT, "closed loop: %,.0f per second%n", rate);
        return rate;
    }

    /** Rates from below the rate of a closed loop upwards, until one is not sustained. */
    List<Knee.Step> steps(double saturated, int seconds, double p99Max) throws IOException {
        var steps = new ArrayList<Knee.Step>();
        for (var number = 0; number < STEPS_MAX; number++) {
            var rate = (int) (saturated * FIRST_STEP * Math.pow(STEP_FACTOR, number));
            var step = step(rate, seconds).get(0);
            steps.add(step);
            if (!new Knee(List.of(step), p99Max).sustained(step)) {
                break;
            }
        }
        return steps;
    }

    /** The only step, where the rate that is sustained is known. */
    List<Knee.Step> step(int rate, int seconds) throws IOException {
        var outcomes = measure("step", DISTINCT_MAX, List.of(new Phase(rate, seconds)), Attack.NONE)
                .sent()
                .outcomes();
        var acknowledged = outcomes.count(Statuses.ACKNOWLEDGED) / (double) outcomes.count();
        var step = new Knee.Step(
                rate, acknowledged, outcomes.micros(Statuses.ACKNOWLEDGED).getValueAtPercentile(99) / 1000.0);
        System.err.printf(
                Locale.ROOT,
                "%,d per second: %.1f %% acknowledged, p99 %.1f ms%n",
                rate,
                acknowledged * 100,
                step.p99Millis());
        return List.of(step);
    }

    /** One overload, with quiet phases before and after it. */
    Overload overload(int sustained, double times, int seconds) throws IOException {
        var phases = Overload.phases(sustained, times, seconds);
        var measured = measure("overload", DISTINCT_MAX, phases, Attack.NONE);
        var overload = new Overload(phases, measured.sent().outcomes());
        System.err.printf(
                Locale.ROOT,
                "overload: %.0f acknowledged (p50 %.1f ms) and %.0f refused per second (%.0f at the knee), refused after p50 %.1f ms, p99 %.1f ms, recovered after %d s; %s, processor seconds %s%n",
                overload.goodput(),
                overload.overloadMillis(Statuses.ACKNOWLEDGED, 50),
                overload.refusals(),
                overload.sustained(),
                overload.overloadMillis(Statuses.REFUSED, 50),
                overload.overloadMillis(Statuses.REFUSED, 99),
                overload.recoverySeconds(),
                measured.sent().outcomes().statuses(),
                measured.processorSeconds());
        return overload;
    }

    /**
     * A phase of each mix.
     *
     * @param allRate calls per second under attack, those of attackers included
     */
    Map<Mix, AttackRound> attack(List<Mix> order, int allRate, int seconds) throws IOException {
        var rate = Mix.authentic(allRate);
        var pair = new EnumMap<Mix, AttackRound>(Mix.class);
        for (var mix : order) {
            var sent = measure(mix.label(), rate * seconds, List.of(new Phase(rate, seconds)), mix.attack(allRate))
                    .sent();
            var round = new AttackRound(
                    sent.outcomes().micros(Statuses.ACKNOWLEDGED),
                    sent.outcomes().statuses(),
                    sent.attack());
            System.err.printf(
                    Locale.ROOT,
                    "%s: %,d per second, p99 %.1f ms, %s %s%n",
                    mix.label(),
                    rate,
                    round.millis(99),
                    round.statuses(),
                    round.attack());
            sent.attack()
                    .forEach((kind, statuses) -> statuses.forEach((status, count) -> {
                        if (Statuses.ACKNOWLEDGED.contains(status)) {
                            differences.add("%s: acknowledged %d times (expected: never)".formatted(kind, count));
                        }
                    }));
            pair.put(mix, round);
        }
        return pair;
    }

    private Measured measure(String name, int distinct, List<Phase> phases, Attack attack) throws IOException {
        var kafka = stages.settings().kafka();
        var plan = new LoadPlan(
                new Target(Kind.HTTP, "127.0.0.1:" + options.port(), ""),
                phases.isEmpty() ? distinct : Math.min(distinct, calls(phases)),
                tags.next(),
                phases,
                options.connections(),
                phases.isEmpty() ? options.connections() : Math.max(options.connections(), CONNECTIONS_MAX),
                attack,
                "");
        var processes = new HashMap<>(stages.processIds());
        processes.put("load", load.pid());
        var measured = new Measurement(kafka, processes)
                .measure(name, load, plan, kafka.topics().name(TopicCatalogue.RAW));
        differences.addAll(measured.differences());
        return measured;
    }

    private static int calls(List<Phase> phases) {
        return phases.stream().mapToInt(Phase::calls).sum();
    }

    /** Everything that differs from what was expected, so far. */
    List<String> differences() {
        return differences;
    }

    @Override
    public void close() {
        load.close();
        stages.close();
    }
}
