package ipn.bench.pipeline;

import ipn.bench.compare.Figure;
import ipn.bench.compare.FigureTable;
import ipn.bench.compare.Pairs;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.LoopbackSettings;
import ipn.bench.load.RoundTags;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.ProcessorTimes;
import ipn.bench.results.BenchResult;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench settings}: two pipelines that differ by some settings, in rounds that alternate. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description =
                "Starts two pipelines, one of them with other settings, and measures both in alternating rounds. Payments and"
                        + " entitlements are compared with the expected results. Exits with 1 if there is a difference.",
        footer = {
            "",
            "Examples:",
            "  ipn bench settings --other IPN_INGRESS_REFUNDS_PER_SECOND=100",
            "  ipn bench settings --other IPN_PROJECTOR_THREADS=2 --rate 500     what it changes in latencies",
            "  ipn bench settings --other JAVA_TOOL_OPTIONS=-Dipn.metrics=off --read-metrics 5     what metrics cost"
        })
public final class SettingsBenchCommand implements Callable<Integer> {
    private static final int PORTS = 200;
    private static final String USUAL = "usual";
    private static final String OTHER = "other";

    @Option(
            names = "--other",
            required = true,
            paramLabel = "NAME=VALUE",
            description = "An environment variable of the other pipeline. May be repeated.")
    private Map<String, String> other = Map.of();

    @Option(
            names = "--read-metrics",
            paramLabel = "SECONDS",
            description =
                    "Reads the metrics of all stages so often, as a Prometheus does; 0: never. Default: ${DEFAULT-VALUE}.")
    private int readMetricsSeconds;

    @Option(names = "--notifications", description = "Notifications in a round. Default: ${DEFAULT-VALUE}.")
    private int notifications = 15_000;

    @Option(names = "--pairs", description = "Pairs of rounds. Default: ${DEFAULT-VALUE}.")
    private int pairs = 5;

    @Option(
            names = "--warm-up",
            description = "Notifications of each pipeline that are not counted. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 30_000;

    @Option(
            names = "--rate",
            description =
                    "Notifications per second, open loop; 0: as fast as the connections allow. Default: ${DEFAULT-VALUE}.")
    private int rate = 0;

    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(names = "--seed", description = "Seed of the order of notifications. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--port",
            description = "Port of the first ingress; all other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_880;

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var data = DataFolder.create("settings");
        var differences = new ArrayList<String>();
        var rounds = measure(data, differences);
        var compared = new RoundFigures(rounds, USUAL, OTHER);
        var figures = figures(compared);
        var result = new BenchResult(
                "settings",
                "Pipeline with other settings: " + String.join(", ", other.keySet()),
                "Two pipelines, one of them with other settings, in alternating rounds.",
                info,
                options(),
                figures,
                rate > 0 ? compared.latencyCharts() : List.of(),
                Map.of(
                        "pairs",
                        rounds.all().stream().map(PipelineReport::pairJson).toList()),
                differences);
        return output.finish(result, FigureTable.lines(figures), data);
    }

    private List<Figure> figures(RoundFigures rounds) {
        var all = new ArrayList<Figure>();
        if (rate > 0) {
            for (var percentile : List.of(50, 90, 99)) {
                all.add(rounds.acknowledgement(percentile));
                all.add(rounds.readable(percentile));
            }
        }
        all.add(rounds.speed());
        all.add(rounds.cost());
        all.addAll(rounds.processes());
        all.addAll(rounds.written());
        return all;
    }

    private Pairs<Side, Round> measure(Path data, List<String> differences) throws Exception {
        try (var usual = SeparateStages.start(data.resolve(USUAL), port);
                var others = SeparateStages.start(data.resolve(OTHER), port + PORTS, withOther())) {
            usual.awaitReady();
            others.awaitReady();
            var every = Duration.ofSeconds(readMetricsSeconds);
            try (var reader = MetricsReader.start(List.of(usual, others), every)) {
                var tags = new RoundTags("s");
                var ofUsual = warmedUp(USUAL, usual, tags, differences);
                var ofOther = warmedUp(OTHER, others, tags, differences);
                System.err.println("rounds ...");
                var rounds = Pairs.measure(
                        List.of(Side.CANDIDATE, Side.BASELINE),
                        pairs,
                        side -> (side == Side.CANDIDATE ? ofUsual : ofOther).round(notifications, tags, differences));
                for (var stages : List.of(usual, others)) {
                    LoadCommand.conservationAndRevisions(stages.settings(), differences);
                }
                System.err.printf("%d pages of metrics read%n", reader.read());
                if (reader.failed() > 0) {
                    differences.add("%d pages of metrics not read (expected: none)".formatted(reader.failed()));
                }
                return rounds;
            }
        }
    }

    private Measured warmedUp(String name, SeparateStages stages, RoundTags tags, List<String> differences)
            throws Exception {
        var meter = meter(stages);
        var measured = new Measured(name, Candidate.start(stages, connections, rate, meter), new TreeMap<>(), seed);
        System.err.printf("warm-up, %s ...%n", name);
        var unused = measured.round(warmUp, tags, differences);
        return new Measured(name, measured.candidate(), meter.idle(), seed);
    }

    /** One of the pipelines, and what it uses in a second in which nothing is sent. */
    private record Measured(String name, Candidate candidate, SortedMap<String, Double> idle, long seed) {
        Round round(int notifications, RoundTags tags, List<String> differences) throws Exception {
            var result = candidate.run(notifications, tags.next(), seed + tags.started());
            differences.addAll(result.differences());
            var round = result.round().withDelayed(idle);
            System.err.printf(
                    Locale.ROOT, "%s: %.0f per second, %.3f ms each%n", name, round.rate(), round.processorMillis());
            return round;
        }
    }

    private Map<String, String> withOther() {
        var all = new HashMap<>(LoopbackSettings.WITHOUT_BRAKE);
        all.putAll(other);
        return all;
    }

    private static Meter meter(SeparateStages stages) throws IOException {
        var processes = stages.processIds();
        var settings = stages.settings();
        return new Meter(
                () -> ProcessorTimes.read(processes),
                stages.brokerRecords(),
                List.of(
                        settings.processor().configuration().applicationId(),
                        settings.projector().configuration().applicationId()));
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("other", other);
        options.put("readMetrics", readMetricsSeconds);
        options.put("notifications", notifications);
        options.put("pairs", pairs);
        options.put("warmUp", warmUp);
        options.put("rate", rate);
        options.put("connections", connections);
        options.put("seed", seed);
        return options;
    }
}
