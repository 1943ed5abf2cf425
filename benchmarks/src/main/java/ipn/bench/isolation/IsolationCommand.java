package ipn.bench.isolation;

import ipn.bench.compare.FigureTable;
import ipn.bench.compare.Pairs;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.RunTag;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.DataFolder;
import ipn.bench.results.BenchResult;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench isolation}: purchases while nothing else happens, and during a storm of refunds of one account, in turn. */
@Command(
        name = "isolation",
        mixinStandardHelpOptions = true,
        description =
                "Starts a broker and the pipeline with one JVM per stage. Users buy at a fixed rate, in turn alone and while one account refunds"
                        + " 100,000 purchases of other users within a minute. Compares the times from the acknowledgement of a purchase until"
                        + " its entitlement is readable. Exits with 1 if a purchase got no entitlement, a refund has no effect, or more"
                        + " revocations were emitted than 'brake.max'.",
        footer = {
            "",
            "Examples:",
            "  ipn bench isolation                                  100,000 refunds a minute, three times",
            "  ipn bench isolation --refunds 5000 --seconds 10 --pairs 1",
            "  ipn bench isolation --json result.json"
        })
public final class IsolationCommand implements Callable<Integer> {
    @Option(names = "--refunds", description = "Refunds in a phase that has some. Default: ${DEFAULT-VALUE}.")
    private int refunds = 100_000;

    @Option(names = "--seconds", description = "Duration of each phase in seconds. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(names = "--purchases", description = "Purchases of other users per second. Default: ${DEFAULT-VALUE}.")
    private int purchases = 50;

    @Option(
            names = "--pairs",
            description = "Pairs of phases, one without and one with refunds. Default: ${DEFAULT-VALUE}.")
    private int pairs = 3;

    @Option(
            names = "--refund-events",
            split = ",",
            paramLabel = "TYPE",
            description = "Stripe's types of the refunds, in turn. Default: ${DEFAULT-VALUE}.")
    private List<String> refundEvents = List.of("refund.created", "charge.refunded");

    @Option(
            names = "--warm-up",
            description = "Purchases before the first phase, half of them refunded. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 4_000;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_480;

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var data = DataFolder.create("isolation");
        BenchResult result;
        try (var stages = SeparateStages.start(data, port, Map.of())) {
            stages.awaitReady();
            var tag = RunTag.now();
            var plan = new IsolationRun.Plan(tag, refunds, refundEvents, seconds, purchases);
            try (var run = new IsolationRun(plan, stages)) {
                result = measure(run, info);
            }
        }
        return output.finish(result, FigureTable.lines(result.figures()), data);
    }

    private BenchResult measure(IsolationRun run, RunInfo info) throws Exception {
        System.err.println("warm-up ...");
        run.warmUp(warmUp);
        var measured = new ArrayList<Map<IsolationReport.Kind, Phase>>();
        for (var pair = 1; pair <= pairs; pair++) {
            System.err.printf("pair %d: without refunds ...%n", pair);
            var phases = new EnumMap<IsolationReport.Kind, Phase>(IsolationReport.Kind.class);
            phases.put(IsolationReport.Kind.QUIET, run.quiet());
            System.err.printf("pair %d: with refunds ...%n", pair);
            phases.put(IsolationReport.Kind.STORM, run.storm());
            measured.add(phases);
        }
        run.checkBrake();
        var differences = run.differences();
        LoadCommand.conservationAndRevisions(run.settings(), differences);
        var report = new IsolationReport(new Pairs<>(measured), run.measuredStorms());
        var detail = new LinkedHashMap<>(report.detail());
        detail.put("revoked", run.revoked());
        return new BenchResult(
                "isolation",
                "Purchases during a storm of refunds",
                "From the acknowledgement of a purchase until its entitlement is readable, without refunds and while one account refunds"
                        + " purchases of other users.",
                info,
                options(),
                report.figures(),
                List.of(),
                detail,
                differences);
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("refunds", refunds);
        options.put("seconds", seconds);
        options.put("purchases", purchases);
        options.put("pairs", pairs);
        options.put("refundEvents", refundEvents);
        options.put("warmUp", warmUp);
        return options;
    }
}
