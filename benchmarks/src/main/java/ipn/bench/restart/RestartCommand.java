package ipn.bench.restart;

import ipn.app.ExitCode;
import ipn.bench.compare.FigureTable;
import ipn.bench.eventloop.StallsCommand;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.Revisions;
import ipn.bench.measure.StagesIdle;
import ipn.bench.restart.KilledStages.Restart;
import ipn.bench.restart.RestartReport.Filled;
import ipn.bench.results.RunInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench restart}: kills processor and projector, which then restore the state of many payments. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description =
                "Starts a pipeline with one JVM per stage, sends it many payments, then kills processor and projector with SIGKILL while purchases arrive,"
                        + " starts them again at once, and measures how long entitlements stop. Exits with 1 if a purchase has no entitlement.",
        footer = {
            "",
            "Examples:",
            "  ipn bench restart                       with a million payments",
            "  ipn bench restart --payments 100000 --kills 5"
        })
public final class RestartCommand implements Callable<Integer> {
    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final int CHUNK = 20_000;
    private static final int RADIX = 36;
    private static final int PRINTED_MAX = 20;

    @Option(names = "--payments", description = "Payments before the first kill. Default: ${DEFAULT-VALUE}.")
    private int payments = 1_000_000;

    @Option(names = "--kills", description = "Number of kills. Default: ${DEFAULT-VALUE}.")
    private int kills = 3;

    @Option(names = "--rate", description = "Purchases per second during a kill. Default: ${DEFAULT-VALUE}.")
    private int rate = 20;

    @Option(names = "--seconds", description = "Seconds in which purchases arrive. Default: ${DEFAULT-VALUE}.")
    private int probeSeconds = 30;

    @Option(names = "--connections", description = "Connections that send the payments. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_680;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures to a file, as JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws Exception {
        var data = Files.createTempDirectory("ipn-restart");
        System.err.printf("data and logs are in %s%n", data);
        var report = measure(RunInfo.now(), data);
        if (json.isPresent()) {
            report.result().write(json.get());
        }
        FigureTable.lines(report.figures()).forEach(System.out::println);
        System.out.printf(
                "differences: %s%n", Integer.toString(report.differences().size()));
        report.differences().stream().limit(PRINTED_MAX).forEach(System.out::println);
        if (!report.differences().isEmpty()) {
            return ExitCode.FOUND_PROBLEMS;
        }
        StallsCommand.delete(data);
        return ExitCode.DONE;
    }

    private RestartReport measure(RunInfo run, Path data) throws Exception {
        var differences = new ArrayList<String>();
        var restarts = new ArrayList<Restart>();
        try (var stages = SeparateStages.start(data, port)) {
            stages.awaitReady();
            var tag = "r" + Long.toString(Instant.now().getEpochSecond(), RADIX);
            var posts = new PaidPosts(tag, LoadCommand.senders(stages.source()));
            var seconds = send(stages, posts, differences);
            var filled = new Filled(payments, seconds, ChangelogSize.mebibytes(stages.brokerRecords()));
            for (var kill = 0; kill < kills; kill++) {
                var purchases = posts.workload(payments + kill * rate * probeSeconds, rate * probeSeconds);
                var restart = new KilledStages(stages, rate).run(purchases);
                print(restart);
                restarts.add(restart);
                differences.addAll(restart.differences());
            }
            awaitIdle(stages, differences);
            LoadCommand.conservation(stages.settings(), differences);
            differences.addAll(Revisions.gaps(stages.settings().kafka()));
            return new RestartReport(run, options(), filled, restarts, differences);
        }
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("payments", payments);
        options.put("kills", kills);
        options.put("rate", rate);
        options.put("seconds", probeSeconds);
        options.put("connections", connections);
        return options;
    }

    /** Sends the payments in parts, because all of them signed do not fit into the memory. */
    private double send(SeparateStages stages, PaidPosts posts, List<String> differences) throws Exception {
        var begin = System.nanoTime();
        for (var first = 0; first < payments; first += CHUNK) {
            try (var client = new LoadClient(stages.url(), connections)) {
                var chunk = posts.workload(first, Math.min(CHUNK, payments - first));
                client.sendAllUntilAnswered(chunk.calls());
                differences.addAll(LoadCommand.unexpectedStatuses(client));
            }
            System.err.printf(Locale.ROOT, "sent %,d of %,d%n", Math.min(first + CHUNK, payments), payments);
        }
        awaitIdle(stages, differences);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void awaitIdle(SeparateStages stages, List<String> differences) throws Exception {
        try (var idle = LoadCommand.stagesIdle(stages.settings(), PACE)) {
            if (!idle.await(topics -> {})) {
                differences.add("stages: not idle, and without progress for two minutes");
            }
        }
    }

    private static void print(Restart restart) {
        System.err.printf(
                Locale.ROOT,
                "processor ready after %.1f s, projector after %.1f s; entitlements flow after %.1f s%n",
                restart.processor(),
                restart.projector(),
                restart.flowing());
    }
}
