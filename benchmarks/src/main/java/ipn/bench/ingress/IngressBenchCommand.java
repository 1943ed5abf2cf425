package ipn.bench.ingress;

import ipn.bench.compare.FigureTable;
import ipn.bench.compare.Pairs;
import ipn.bench.generator.LoadPlan.Phase;
import ipn.bench.measure.DataFolder;
import ipn.bench.results.RunInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench ingress}: the ingress beside a handler that only produces, and a producer without HTTP, in rounds that alternate. */
@Command(
        name = "ingress",
        mixinStandardHelpOptions = true,
        description =
                "Starts a broker, the ingress, a bare HTTP handler that only sends each body to a topic, and a load generator, each in a JVM of its"
                        + " own. Measures the acknowledged calls per second of both, and the time until the acknowledgement at a fixed rate,"
                        + " beside that of a producer without HTTP, in alternating rounds. Exits with 1 if a call that was acknowledged is"
                        + " not stored exactly once.",
        footer = {
            "",
            "Examples:",
            "  ipn bench ingress                                 five pairs of rounds",
            "  ipn bench ingress --load-processors 1             the load generator has one processor of the machine for itself",
            "  ipn bench ingress --pairs 1 --calls 5000 --seconds 5 --json result.json"
        })
public final class IngressBenchCommand implements Callable<Integer> {

    @Option(names = "--calls", description = "Calls in a round of a closed loop. Default: ${DEFAULT-VALUE}.")
    private int calls = 30_000;

    @Option(
            names = "--pairs",
            description = "Pairs of rounds, one of the ingress and one of the baseline. Default: ${DEFAULT-VALUE}.")
    private int pairs = 5;

    @Option(
            names = "--warm-up",
            description = "Calls in the round of each that is not counted. Default: as many as in a round.")
    private Optional<Integer> warmUp = Optional.empty();

    @Option(names = "--rate", description = "Calls per second of the open loop. Default: ${DEFAULT-VALUE}.")
    private int rate = 1_000;

    @Option(
            names = "--seconds",
            description = "Duration of a round of the open loop in seconds. Default: ${DEFAULT-VALUE}.")
    private int seconds = 15;

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var processors = run.processors();
        var data = DataFolder.create("ingress");
        IngressReport report;
        try (var rounds = IngressRounds.start(data, processors, run)) {
            report = measure(info, rounds);
        }
        return run.output().finish(report.result(), FigureTable.lines(report.figures()), data);
    }

    private IngressReport measure(RunInfo info, IngressRounds rounds) throws Exception {
        var sides = Arrays.asList(Side.values());
        var phase = new Phase(rate, seconds);
        System.err.println("warm-up ...");
        rounds.saturate(Side.SERVERS, warmUp.orElse(calls));
        rounds.atRate(sides, phase);
        System.err.println("rounds ...");
        var saturated = new ArrayList<Map<Side, Round>>();
        var atRate = new ArrayList<Map<Side, Round>>();
        var ordersOfServers = Pairs.orders(Side.SERVERS, pairs);
        var ordersOfAll = Pairs.orders(sides, pairs);
        for (var pair = 0; pair < pairs; pair++) {
            saturated.add(rounds.saturate(ordersOfServers.get(pair), calls));
            atRate.add(rounds.atRate(ordersOfAll.get(pair), phase));
        }
        return new IngressReport(
                info, options(), rate, new Pairs<>(saturated), new Pairs<>(atRate), rounds.differences());
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("calls", calls);
        options.put("pairs", pairs);
        options.put("warmUp", warmUp.orElse(calls));
        options.put("rate", rate);
        options.put("seconds", seconds);
        run.addTo(options);
        return options;
    }
}
