package ipn.bench.memory;

import ipn.bench.compare.FigureTable;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.DataFolder;
import ipn.bench.results.BenchResult;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench memory}: how long {@code ipn up} takes to start, and how much memory it and each stage have after many notifications. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description =
                "Starts 'ipn up' several times with the launcher, and measures the time until it is ready. Then sends notifications, and measures the"
                        + " resident memory of its processes; and the same with one JVM for each stage. Exits with 1 if payments or"
                        + " entitlements differ from the expected results.",
        footer = {
            "",
            "Examples:",
            "  ipn bench memory                                  memory after 100,000 notifications",
            "  ipn bench memory --notifications 5000 --starts 2",
            "  ipn bench memory --json result.json"
        })
public final class MemoryCommand implements Callable<Integer> {
    private static final int PORTS = 200;

    @Option(names = "--notifications", description = "Notifications that are sent. Default: ${DEFAULT-VALUE}.")
    private int notifications = 100_000;

    @Option(
            names = "--starts",
            description = "Starts of 'ipn up', the first with empty data. Default: ${DEFAULT-VALUE}.")
    private int starts = 6;

    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(names = "--launcher", description = "The launcher, already built. Default: ${DEFAULT-VALUE}.")
    private String launcher = "./ipn";

    @Option(
            names = "--port",
            description = "Port of the first ingress; all other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 19_080;

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var data = DataFolder.create("memory");
        var differences = new ArrayList<String>();
        var together = together(data, differences);
        var separate = separate(data, differences);
        var report = new MemoryReport(together.startSeconds(), together.residents(), separate);
        var result = new BenchResult(
                "memory",
                "Start and memory",
                "From the start of 'ipn up' until it is ready, and the resident memory of its processes and of separate stages while"
                        + " notifications are processed.",
                info,
                options(),
                report.figures(),
                report.charts(),
                report.detail(),
                differences);
        return output.finish(result, FigureTable.lines(result.figures()), data);
    }

    private record Together(List<Double> startSeconds, List<Resident> residents) {}

    private Together together(Path data, List<String> differences) throws Exception {
        System.err.println("ipn up ...");
        try (var up = MeasuredUp.start(data, launcher, port)) {
            for (var start = 1; start < starts; start++) {
                up.restart();
            }
            var residents = new ArrayList<Resident>();
            residents.add(Resident.read(0, up.processIds()));
            var load = new ChunkedLoad(up.settings(), LoadCommand.senders(up.source()), up.url(), connections);
            differences.addAll(load.send(notifications, count -> residents.add(Resident.read(count, up.processIds()))));
            return new Together(List.copyOf(up.startSeconds()), residents);
        }
    }

    private List<Resident> separate(Path data, List<String> differences) throws Exception {
        System.err.println("one JVM for each stage ...");
        try (var stages = SeparateStages.start(data.resolve("separate"), port + PORTS)) {
            stages.awaitReady();
            var ids = stages.processIds();
            var residents = new ArrayList<Resident>();
            residents.add(Resident.read(0, ids));
            var load =
                    new ChunkedLoad(stages.settings(), LoadCommand.senders(stages.source()), stages.url(), connections);
            differences.addAll(load.send(notifications, count -> residents.add(Resident.read(count, ids))));
            return residents;
        }
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("notifications", notifications);
        options.put("starts", starts);
        options.put("connections", connections);
        options.put("launcher", launcher);
        return options;
    }
}
