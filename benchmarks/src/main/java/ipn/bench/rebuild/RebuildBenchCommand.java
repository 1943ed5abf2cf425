package ipn.bench.rebuild;

import ipn.app.ExitCode;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.app.diff.DiffReport;
import ipn.app.diff.DiffRun;
import ipn.app.diff.Kind;
import ipn.app.output.DiffTable;
import ipn.app.output.Table;
import ipn.app.output.Terminal;
import ipn.app.rebuild.Rebuild;
import ipn.app.rebuild.RebuildPlan;
import ipn.app.rebuild.RebuildState;
import ipn.app.rebuild.RebuildTopics;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.bench.feed.RawFeed;
import ipn.bench.feed.RawRecordBuilder;
import ipn.bench.load.CheckoutOrders;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.MixedScenarios;
import ipn.bench.load.RunTag;
import ipn.bench.load.Scenarios;
import ipn.bench.load.Workload;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.ResidentMemory;
import ipn.bench.measure.StagesIdle;
import ipn.operations.topic.Progress;
import ipn.runtime.process.Closing;
import ipn.topics.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench rebuild}: runs a long history again, and compares. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Starts processor and projector on an embedded Kafka, writes signed raw records of many gateways with orders, redeliveries and"
                        + " records that cannot be processed, runs this history again, and compares; then once more with a changed translator and price, and sees whether exactly those are named whom it concerns. Exits with 1 if not.",
        footer = {
            "",
            "Examples:",
            "  ipn bench rebuild                      500,000 raw records",
            "  ipn bench rebuild --records 20000"
        })
public final class RebuildBenchCommand implements Callable<Integer> {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "IPN_MANAGEMENT_PORT", "0",
            "IPN_EMBEDDED_KAFKA_PORT", "0",
            "IPN_EMBEDDED_REGISTRY_PORT", "0",
            "IPN_EMBEDDED_STAND_IN_PORT", "0",
            "IPN_BRAKE_MAX", "1000000000",
            "IPN_BRAKE_SHARE", "100",
            // of what is processed later than this after it was stored, the rebuild makes other notifications
            "IPN_NOTIFICATIONS_SETTLE", "PT30S");
    /** Also the last notification has been sent then. */
    private static final StagesIdle.Pace IDLE = new StagesIdle.Pace(Duration.ofMillis(500), Duration.ofSeconds(45));

    private static final int CHUNK = 400;
    private static final double NANOS = 1e9;

    @Option(names = "--records", description = "Raw records, about. Default: ${DEFAULT-VALUE}.")
    private int records = 500_000;

    @Option(names = "--seed", description = "Another order of the records. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    private final SeededChange change = new SeededChange();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("ipn-rebuild");
        var plan = new StackPlan(
                SettingsSource.builtIn(ENVIRONMENT), folder, EnumSet.of(Stage.PROCESSOR, Stage.PROJECTOR));
        try (var stack = Stack.start(plan, Announcer.SILENT)) {
            return measure(stack, folder);
        } finally {
            DataFolder.delete(folder);
        }
    }

    private int measure(Stack stack, Path folder) throws InterruptedException, ExecutionException {
        var config = stack.config();
        var processed = timed("history processed after (s)", () -> {
            write(stack);
            try (var idle = LoadCommand.stagesIdle(config, IDLE)) {
                return idle.await(topics -> {});
            }
        });
        var same =
                RebuildPlan.of(config.kafka(), "shadow.", stack.settings().read(), "bench", folder, Optional.empty());
        var again = timed("run again after (s)", () -> rebuild(same));
        var state = again.result();
        figures.put("raw records", state.records());
        figures.put("raw records a second", Math.round(state.records() / again.seconds()));
        figures.put(
                "memory of this process, with both pipelines (MiB)",
                ResidentMemory.nowKib(ProcessHandle.current().pid()) / 1024);
        var differs = timed(
                "compared after (s)",
                () -> compare(config, "shadow.", report -> {
                    for (var kind : Kind.values()) {
                        figures.put(
                                "differences: " + kind.label(), report.sum(kind).count());
                    }
                    return !report.isEmpty();
                }));
        var changed = SeededChange.plan(
                RebuildPlan.of(
                        config.kafka(),
                        "changed.",
                        SeededChange.settings(stack.settings()).read(),
                        "changed",
                        folder,
                        Optional.empty()),
                config.accounts());
        timed("run again with a changed translator and price after (s)", () -> rebuild(changed));
        var unexpected = timed(
                        "compared with the changed after (s)", () -> compare(config, "changed.", change::unexpected))
                .result();
        figures.put("payments that the changed translator concerns", change.payments());
        figures.put("entitlements that the changed price concerns", change.entitlements());
        figures.put("of these not found, or others found", unexpected.size());
        var table = new Table("figure", "");
        figures.forEach((name, figure) -> table.row(name, figure.toString()));
        table.lines().forEach(System.out::println);
        unexpected.forEach(System.out::println);
        return processed.result() && !differs.result() && unexpected.isEmpty()
                ? ExitCode.DONE
                : ExitCode.FOUND_PROBLEMS;
    }

    /**
     * Chunk after chunk, each when little is left of the one before: what users are notified of depends on how far behind the pipeline is.
     */
    private void write(Stack stack) throws InterruptedException, ExecutionException {
        var config = stack.config();
        var senders = LoadCommand.senders(stack.settings());
        var builder = RawRecordBuilder.of(config);
        var topic = config.kafka().topics().name(TopicCatalogue.RAW);
        var run = RunTag.now();
        try (var feed = RawFeed.open(config.kafka(), topic);
                var lag = PipelineLag.of(config)) {
            for (var written = 0; written < records; written += CHUNK) {
                var tag = run + Integer.toString(written / CHUNK, Character.MAX_RADIX) + "x";
                var workload = Workload.create(
                        new Workload.Plan(Math.min(CHUNK, records - written), 0.1, 0.01, 0, seed + written),
                        new MixedScenarios(new Scenarios(tag, Scenarios.recentStart()))::scenario,
                        senders,
                        Instant.now());
                change.note(workload.scenarios());
                CheckoutOrders.write(config.kafka(), workload.orders());
                for (var call : workload.calls()) {
                    feed.send(builder.records(call, Instant.now()));
                }
                feed.flush();
                lag.awaitFewer(CHUNK);
            }
        }
    }

    private static RebuildState rebuild(RebuildPlan plan) {
        return new Rebuild(plan, Clock.systemUTC(), new Seldom()).run(false, new Closing());
    }

    private static <T> T compare(IpnConfig config, String prefix, Function<DiffReport, T> judge) {
        var run = new DiffRun(
                config.kafka(),
                config.processor().configuration().applicationId(),
                config.projector().configuration().applicationId(),
                Progress.SILENT);
        try (var report = run.run(new RebuildTopics(config.kafka(), prefix))) {
            DiffTable.print(report, config.kafka().topics().prefix(), prefix, 5, Terminal.system());
            return judge.apply(report);
        }
    }

    /** A step that can fail. */
    private interface Step<T> {
        T run() throws InterruptedException, ExecutionException;
    }

    /** @param seconds that it took */
    private record Timed<T>(T result, double seconds) {}

    private <T> Timed<T> timed(String name, Step<T> step) throws InterruptedException, ExecutionException {
        var began = System.nanoTime();
        var timed = new Timed<>(step.run(), (System.nanoTime() - began) / NANOS);
        figures.put(name, timed.seconds());
        return timed;
    }

    /** Prints the progress now and then. */
    private static final class Seldom implements Progress {
        private static final long EVERY = Duration.ofSeconds(20).toNanos();
        private long next = System.nanoTime() + EVERY;

        @Override
        public void at(String step, long done, long total) {
            if (System.nanoTime() - next > 0) {
                next = System.nanoTime() + EVERY;
                System.err.printf("%d%% %s%n", 100 * done / total, step);
            }
        }
    }
}
