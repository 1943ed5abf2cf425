package ipn.bench.growth;

import ipn.bench.compare.FigureTable;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.DataFolder;
import ipn.bench.results.BenchResult;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench growth}: the cost of a notification with few and many stored payments, at the end of a long history, and of duplicates. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description =
                "Starts two pipelines, fills one with payments, and measures what raw records cost in both, in alternating rounds. Then, in the"
                        + " pipeline with few payments: what the last of many deliveries of a payment costs, and what duplicates cost. Exits"
                        + " with 1 if payments or entitlements differ from the expected results.",
        footer = {
            "",
            "Examples:",
            "  ipn bench growth                                       1 and 5 million payments",
            "  ipn bench growth --sizes 20000 --notifications 2000 --pairs 2 --warm-up 1 --long-payments 50",
            "  ipn bench growth --parts history,duplicates --json result.json"
        })
public final class GrowthCommand implements Callable<Integer> {
    private static final int PORTS = 200;

    /** What can be measured. */
    enum Part {
        SIZE,
        HISTORY,
        DUPLICATES
    }

    @Option(names = "--parts", split = ",", description = "What is measured: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--sizes",
            split = ",",
            description = "Numbers of stored payments, ascending. Default: ${DEFAULT-VALUE}.")
    private List<Long> sizes = List.of(1_000_000L, 5_000_000L);

    @Option(names = "--notifications", description = "Notifications in a round. Default: ${DEFAULT-VALUE}.")
    private int notifications = 10_000;

    @Option(names = "--pairs", description = "Pairs of rounds. Default: ${DEFAULT-VALUE}.")
    private int pairs = 5;

    @Option(
            names = "--warm-up",
            description = "Rounds of each pipeline that are not counted. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 2;

    @Option(
            names = "--sample",
            description = "Notifications whose stored states are copied. Default: ${DEFAULT-VALUE}.")
    private int sample = 6_000;

    @Option(names = "--long-payments", description = "Payments with a long history. Default: ${DEFAULT-VALUE}.")
    private int longPayments = 1_000;

    @Option(names = "--history", description = "Deliveries of each of them in the end. Default: ${DEFAULT-VALUE}.")
    private int history = 200;

    @Option(
            names = "--port",
            description = "Port of the first ingress; all other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_680;

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var data = DataFolder.create("growth");
        var differences = new ArrayList<String>();
        var report = measure(data, differences);
        var tables = new ArrayList<String>();
        for (var table : report.tables()) {
            tables.addAll(FigureTable.lines(table));
            tables.add("");
        }
        return output.finish(result(info, report, differences), tables, data);
    }

    private GrowthReport measure(Path data, List<String> differences) throws Exception {
        var plan = new GrowthPlan(notifications, pairs, warmUp, sample, longPayments, history);
        List<SizeRounds.Result> ofSizes = List.of();
        if (parts.contains(Part.SIZE)) {
            ofSizes = sizes(data.resolve("sizes"), plan, differences);
        }
        if (!parts.contains(Part.HISTORY) && !parts.contains(Part.DUPLICATES)) {
            return new GrowthReport(ofSizes, Optional.empty(), Optional.empty());
        }
        try (var pipeline = MeasuredPipeline.start(data.resolve("rest"), port)) {
            var report = new GrowthReport(
                    ofSizes,
                    parts.contains(Part.HISTORY)
                            ? Optional.of(new HistoryRounds(pipeline, plan).run())
                            : Optional.empty(),
                    parts.contains(Part.DUPLICATES)
                            ? Optional.of(new DuplicateRounds(pipeline, plan).run())
                            : Optional.empty());
            check(pipeline, differences);
            return report;
        }
    }

    private BenchResult result(RunInfo info, GrowthReport report, List<String> differences) {
        return new BenchResult(
                "growth",
                "Cost of a notification as the stored state grows",
                "Processor time of processor, projector and broker, with few and many stored payments, at the end of a long history, and of"
                        + " duplicates.",
                info,
                options(),
                report.figures(),
                report.charts(),
                report.detail(),
                differences);
    }

    private List<SizeRounds.Result> sizes(Path data, GrowthPlan plan, List<String> differences) throws Exception {
        try (var rounds = SizeRounds.start(data, port, port + PORTS, plan)) {
            var results = new ArrayList<SizeRounds.Result>();
            for (var size : sizes) {
                results.add(rounds.at(size));
            }
            for (var pipeline : rounds.pipelines()) {
                check(pipeline, differences);
            }
            return results;
        }
    }

    private static void check(MeasuredPipeline pipeline, List<String> differences) {
        differences.addAll(pipeline.differences());
        LoadCommand.conservationAndRevisions(pipeline.settings(), differences);
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("parts", parts);
        options.put("sizes", sizes);
        options.put("notifications", notifications);
        options.put("pairs", pairs);
        options.put("warmUp", warmUp);
        options.put("sample", sample);
        options.put("longPayments", longPayments);
        options.put("history", history);
        return options;
    }
}
