package ipn.bench.imports;

import ipn.app.ExitCode;
import ipn.app.Main;
import ipn.app.SettingsSource;
import ipn.app.output.Table;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.ProgressWait;
import ipn.bench.measure.ResidentMemory;
import ipn.bench.measure.TopicFollower;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench import}: imports a large export into an empty pipeline, and waits until every subscriber has access. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Starts processor and projector on an embedded Kafka, writes an export of subscriptions, runs 'ipn import' in a"
                        + " separate JVM, and waits until every subscriber has access. Exits with 1 if one has not.",
        footer = {
            "",
            "Examples:",
            "  ipn bench import                       a million subscriptions",
            "  ipn bench import --lines 200000 --heap 128"
        })
public final class ImportBenchCommand implements Callable<Integer> {
    private static final Map<String, String> FREE_PORTS = Map.of(
            "IPN_MANAGEMENT_PORT", "0",
            "IPN_EMBEDDED_KAFKA_PORT", "0",
            "IPN_EMBEDDED_REGISTRY_PORT", "0",
            "IPN_EMBEDDED_STAND_IN_PORT", "0");
    private static final long SAMPLE_MILLIS = 100;

    @Option(names = "--lines", description = "Number of subscriptions. Default: ${DEFAULT-VALUE}.")
    private int lines = 1_000_000;

    @Option(names = "--heap", description = "Heap of the JVM that runs ipn import, in MiB. Default: ${DEFAULT-VALUE}.")
    private int heapMib = 128;

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("ipn-import");
        var plan =
                new StackPlan(SettingsSource.builtIn(FREE_PORTS), folder, EnumSet.of(Stage.PROCESSOR, Stage.PROJECTOR));
        try (var stack = Stack.start(plan, Announcer.SILENT)) {
            return measure(stack.config().kafka(), folder);
        } finally {
            DataFolder.delete(folder);
        }
    }

    @SuppressWarnings("try") // the follower is read by its callback
    private int measure(KafkaSettings kafka, Path folder) throws IOException, InterruptedException {
        var export = folder.resolve("subscriptions.csv");
        System.err.printf("writing an export of %,d subscriptions ...%n", lines);
        write(export);
        var granted = new AtomicInteger();
        try (var follower =
                TopicFollower.fromStart(kafka, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, (event, at) -> {
                    if (event.getStatus() == EntitlementStatus.ACTIVE) {
                        granted.incrementAndGet();
                    }
                })) {
            System.err.printf("importing with %d MiB of heap ...%n", heapMib);
            var startedAt = System.nanoTime();
            var run = run(kafka, folder, export);
            ProgressWait.whileProgressing("every subscriber has access", granted::get, lines);
            var figures = new LinkedHashMap<String, Object>();
            figures.put("subscriptions", lines);
            figures.put("exportMib", Files.size(export) >> 20);
            figures.put("importSeconds", run.duration.toMillis() / 1000.0);
            figures.put("heapMib", heapMib);
            figures.put("residentMib", run.residentMib);
            figures.put(
                    "secondsUntilAllHaveAccess",
                    Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1000.0);
            figures.put("access", granted.get());
            var table = new Table("figure", "");
            figures.forEach((name, figure) -> table.row(name, figure.toString()));
            table.lines().forEach(System.out::println);
            if (run.exitCode != ExitCode.DONE) {
                System.err.println(run.output);
            }
            return run.exitCode == ExitCode.DONE && granted.get() == lines ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        }
    }

    private void write(Path export) throws IOException {
        var start = Instant.now().minus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var end = start.plus(30, ChronoUnit.DAYS);
        try (var csv = Files.newBufferedWriter(export)) {
            csv.write(StripeExport.HEADER + "\n");
            for (var i = 0; i < lines; i++) {
                csv.write(StripeExport.line("b" + i, "u_b" + i, start, end) + "\n");
            }
        }
    }

    /** The result of one run of ipn import. */
    private record Run(int exitCode, Duration duration, long residentMib, String output) {}

    private Run run(KafkaSettings kafka, Path folder, Path export) throws IOException, InterruptedException {
        var output = folder.resolve("output.txt");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx" + heapMib + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "import",
                        "subscriptions",
                        export.toString(),
                        "--from",
                        "stripe",
                        "--as-of",
                        Instant.now().toString(),
                        "--config",
                        "built-in",
                        "--data",
                        folder.toString(),
                        "--yes")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("IPN_KAFKA_BOOTSTRAP_SERVERS", kafka.clients().get("bootstrap.servers"));
        builder.environment().put("IPN_SCHEMA_REGISTRY_URL", kafka.registry().get("schema.registry.url"));
        var startedAt = System.nanoTime();
        var process = builder.start();
        var resident = 0L;
        while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
            resident = Math.max(resident, ResidentMemory.peakKib(process.pid()));
        }
        var duration = Duration.ofNanos(System.nanoTime() - startedAt);
        return new Run(process.exitValue(), duration, resident / 1024, Files.readString(output));
    }
}
