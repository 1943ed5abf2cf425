package ipn.bench.pipeline;

import ipn.bench.compare.Pairs;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.ProcessorTimes;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench pipeline}: the whole pipeline beside a topology that only passes records on, in rounds that alternate. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description =
                "Starts a broker, the pipeline with one JVM per stage, and a baseline: two Streams applications that put each record into a store and"
                        + " pass it on, exactly once. Measures both in alternating rounds, and compares payments and entitlements with the"
                        + " expected results. Exits with 1 if there is a difference.",
        footer = {
            "",
            "Examples:",
            "  ipn bench pipeline                          rounds of 10,000 notifications at full speed",
            "  ipn bench pipeline --rate 200 --pairs 3     at a fixed rate, to measure latencies",
            "  ipn bench pipeline --json result.json"
        })
public final class PipelineCommand implements Callable<Integer> {
    @Option(names = "--notifications", description = "Notifications in a round. Default: ${DEFAULT-VALUE}.")
    private int notifications = 10_000;

    @Option(
            names = "--pairs",
            description = "Pairs of rounds, one of the pipeline and one of the baseline. Default: ${DEFAULT-VALUE}.")
    private int pairs = 5;

    @Option(
            names = "--warm-up",
            description = "Notifications in the round of each that is not counted. Default: as many as in a round.")
    private Optional<Integer> warmUp = Optional.empty();

    @Option(
            names = "--rate",
            description =
                    "Notifications per second, open loop; 0: as fast as the connections allow. Default: ${DEFAULT-VALUE}.")
    private int rate = 0;

    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(
            names = "--baseline-commit-interval",
            description = "Commit interval of the baseline in milliseconds. Default: ${DEFAULT-VALUE}.")
    private int baselineCommitMillis = 100;

    @Option(names = "--seed", description = "Seed of the order of notifications. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_280;

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Override
    public Integer call() throws Exception {
        var data = DataFolder.create("pipeline");
        var report = measure(RunInfo.now(), data);
        return output.finish(report.result(), report.lines(), data);
    }

    private PipelineReport measure(RunInfo info, Path data) throws Exception {
        try (var stages = SeparateStages.start(data, port);
                var baseline =
                        Baseline.start(stages.settings().kafka(), data, Duration.ofMillis(baselineCommitMillis))) {
            stages.awaitReady();
            var meter = meter(stages, baseline);
            var candidate = Candidate.start(stages, connections, rate, meter);
            var rounds = new Rounds(candidate, baseline, meter, seed);
            System.err.println("warm-up ...");
            rounds.pair(List.of(Side.CANDIDATE, Side.BASELINE), warmUp.orElse(notifications));
            var idle = rounds.measureIdle();
            System.err.println("rounds ...");
            var measured = new ArrayList<Map<Side, Round>>();
            for (var order : Pairs.orders(List.of(Side.CANDIDATE, Side.BASELINE), pairs)) {
                measured.add(rounds.pair(order, notifications));
            }
            var differences = rounds.differences();
            LoadCommand.conservationAndRevisions(stages.settings(), differences);
            return new PipelineReport(info, options(), rate, idle, new Pairs<>(measured), differences);
        }
    }

    private Meter meter(SeparateStages stages, Baseline baseline) throws IOException {
        var processes = new HashMap<>(stages.processIds());
        processes.put("baseline", baseline.pid());
        processes.put(Side.LOAD, ProcessHandle.current().pid());
        var settings = stages.settings();
        var applications = new ArrayList<>(PassThrough.APPLICATIONS);
        applications.add(settings.processor().configuration().applicationId());
        applications.add(settings.projector().configuration().applicationId());
        return new Meter(() -> ProcessorTimes.read(processes), stages.brokerRecords(), applications);
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("notifications", notifications);
        options.put("pairs", pairs);
        options.put("warmUp", warmUp.orElse(notifications));
        options.put("rate", rate);
        options.put("connections", connections);
        options.put("baselineCommitMillis", baselineCommitMillis);
        options.put("seed", seed);
        return options;
    }
}
