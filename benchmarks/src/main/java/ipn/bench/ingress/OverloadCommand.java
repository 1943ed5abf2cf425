package ipn.bench.ingress;

import ipn.bench.compare.FigureTable;
import ipn.bench.compare.Pairs;
import ipn.bench.measure.DataFolder;
import ipn.bench.results.RunInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench overload}: the ingress at three times what it sustains, and under attack. */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description =
                "Starts a broker, the ingress and a load generator, each in a JVM of its own. Finds the highest rate that the ingress sustains, offers"
                        + " three times as much, and measures what is acknowledged, how soon the rest is refused, and when latencies are normal"
                        + " again. Then attacks the ingress with slow bodies, wrong signatures and oversized bodies, and measures the latencies"
                        + " of authentic calls with and without the attack. Exits with 1 if a call that was acknowledged is not stored, or"
                        + " a call gets neither 2xx nor 503.",
        footer = {
            "",
            "Examples:",
            "  ipn bench overload --load-processors 1             the load generator has one processor of the machine for itself",
            "  ipn bench overload --load-processors 1 --runs 1 --seconds 10 --attacks 1 --json result.json"
        })
public final class OverloadCommand implements Callable<Integer> {
    @Option(names = "--runs", description = "Number of overloads. Default: ${DEFAULT-VALUE}.")
    private int runs = 3;

    @Option(names = "--seconds", description = "Duration of an overload in seconds. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--times",
            description = "Offered calls, as a multiple of the rate that is sustained. Default: ${DEFAULT-VALUE}.")
    private double times = 3;

    @Option(
            names = "--p99-max",
            description =
                    "A rate is sustained while the 99th percentile of the time until the acknowledgement is not above this, in milliseconds."
                            + " Default: ${DEFAULT-VALUE}.")
    private int p99Max = 100;

    @Option(names = "--step-seconds", description = "Duration of a step in seconds. Default: ${DEFAULT-VALUE}.")
    private int stepSeconds = 5;

    @Option(
            names = "--warm-up",
            description =
                    "Calls in a round of the closed loop before the first step; rounds are repeated until they become no faster. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 30_000;

    @Option(
            names = "--sustained",
            paramLabel = "RATE",
            description =
                    "Calls per second that the ingress sustains, as measured before; 0: steps find it. Default: ${DEFAULT-VALUE}.")
    private int known = 0;

    @Option(names = "--attacks", description = "Pairs of phases with and without attack. Default: ${DEFAULT-VALUE}.")
    private int attacks = 5;

    @Option(
            names = "--attack-seconds",
            description = "Duration of a phase with or without attack in seconds. Default: ${DEFAULT-VALUE}.")
    private int attackSeconds = 10;

    @Option(
            names = "--attack-rate",
            description =
                    "Calls per second under attack; 55 %% of them are authentic, and come at the same rate in phases without attack. Default: ${DEFAULT-VALUE}.")
    private int attackRate = 1_000;

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var processors = run.processors();
        var data = DataFolder.create("overload");
        OverloadReport report;
        try (var ingress = OverloadRounds.start(data, processors, run)) {
            report = measure(info, ingress);
        }
        return run.output().finish(report.result(), FigureTable.lines(report.figures()), data);
    }

    private OverloadReport measure(RunInfo info, OverloadRounds rounds) throws IOException {
        System.err.println("warm-up ...");
        var saturated = rounds.warmUp(warmUp);
        var steps = known > 0 ? rounds.step(known, stepSeconds) : rounds.steps(saturated, stepSeconds, p99Max);
        var knee = new Knee(steps, p99Max);
        var sustained = known > 0
                ? known
                : knee.rate()
                        .orElseThrow(() -> new IllegalStateException(
                                "knee: %s (expected: a rate that is sustained; is the machine busy?)"
                                        .formatted(knee.steps())));
        System.err.printf(Locale.ROOT, "sustained: %,d per second%n", sustained);
        var overloads = new ArrayList<Overload>();
        for (var i = 0; i < runs; i++) {
            overloads.add(rounds.overload(sustained, times, seconds));
        }
        var attacked = new ArrayList<Map<Mix, AttackRound>>();
        for (var order : Pairs.orders(List.of(Mix.values()), attacks)) {
            attacked.add(rounds.attack(order, attackRate, attackSeconds));
        }
        return new OverloadReport(
                info,
                options(),
                new OverloadReport.Sustained(saturated, sustained, knee, attackRate),
                overloads,
                new Pairs<>(attacked),
                rounds.differences());
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("runs", runs);
        options.put("seconds", seconds);
        options.put("times", times);
        options.put("p99Max", p99Max);
        options.put("stepSeconds", stepSeconds);
        options.put("warmUp", warmUp);
        options.put("sustained", known);
        options.put("attacks", attacks);
        options.put("attackSeconds", attackSeconds);
        options.put("attackRate", attackRate);
        run.addTo(options);
        return options;
    }
}
