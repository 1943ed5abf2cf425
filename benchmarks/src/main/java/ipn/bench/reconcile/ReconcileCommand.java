package ipn.bench.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.ExitCode;
import ipn.app.Main;
import ipn.app.output.Table;
import ipn.avro.PaymentState;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.ResidentMemory;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.embedded.EmbeddedRegistry;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench reconcile}: checks that {@code ipn reconcile} finds exactly the planted differences of a large report. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Writes payments to an embedded Kafka, and a report about them with planted differences. Runs 'ipn reconcile'"
                        + " in a separate JVM, and exits with 1 unless it finds exactly these differences.",
        footer = {
            "",
            "Examples:",
            "  ipn bench reconcile                       a million payments, 512 MiB of heap",
            "  ipn bench reconcile --lines 100000 --heap 256"
        })
public final class ReconcileCommand implements Callable<Integer> {
    private static final int PARTITIONS = 8;
    private static final long SAMPLE_MILLIS = 100;

    @Option(
            names = "--lines",
            description = "Number of payments, and about the number of lines. Default: ${DEFAULT-VALUE}.")
    private int lines = 1_000_000;

    @Option(
            names = "--heap",
            description = "Heap of the JVM that runs ipn reconcile, in MiB. Default: ${DEFAULT-VALUE}.")
    private int heapMib = 512;

    @Option(names = "--json", description = "Print the figures as JSON, and all else to standard error.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("ipn-reconcile");
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"), 0, BrokerOptions.defaults());
                var registry = EmbeddedRegistry.start(folder.resolve("registry.json"), 0)) {
            var kafka = kafka(broker, registry);
            var report = folder.resolve("report.csv");
            System.err.printf("writing %d payments and a report about them ...%n", lines);
            var planted = plant(kafka, report);
            System.err.printf("reconciling with %d MiB of heap ...%n", heapMib);
            return check(run(kafka, folder, report), planted, folder, report);
        } finally {
            DataFolder.delete(folder);
        }
    }

    private PlantedReport plant(KafkaSettings kafka, Path report) throws IOException {
        var topic = kafka.topics().name(TopicCatalogue.PAYMENTS);
        var properties = kafka.client();
        properties.put("linger.ms", "20");
        properties.put("batch.size", "131072");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
                var values = kafka.serdes().serializer(PaymentState.class);
                var csv = Files.newBufferedWriter(report)) {
            var planted = new PlantedReport(lines, csv, state -> {
                var unused = producer.send(
                        new ProducerRecord<>(topic, state.getPaymentKey(), values.serialize(topic, state)));
            });
            planted.write();
            producer.flush();
            return planted;
        }
    }

    /** The result of one run of ipn reconcile. */
    private record Run(int exitCode, Duration duration, long residentMib, String output) {}

    private Run run(KafkaSettings kafka, Path folder, Path report) throws IOException, InterruptedException {
        var output = folder.resolve("output.txt");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx" + heapMib + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "reconcile",
                        "--config",
                        "built-in",
                        "--data",
                        folder.toString(),
                        "--gateway",
                        "stripe",
                        "--account",
                        PlantedReport.ACCOUNT,
                        "--report",
                        report.toString(),
                        "--out",
                        folder.resolve("findings.jsonl").toString())
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

    private int check(Run run, PlantedReport planted, Path folder, Path report) throws IOException {
        var found = found(folder.resolve("findings.jsonl"));
        var problems = new ArrayList<String>();
        difference(planted.planted(), found).forEach(one -> problems.add("planted but not found: " + one));
        difference(found, planted.planted()).forEach(one -> problems.add("found but not planted: " + one));
        var expected = planted.planted().isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        if (run.exitCode != expected) {
            problems.add("exit code: %d (expected: %d)%n%s".formatted(run.exitCode, expected, run.output));
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("payments", lines);
        figures.put("lines", planted.lines());
        figures.put("reportMib", Files.size(report) >> 20);
        figures.put("planted", planted.planted().size());
        figures.put("found", found.size());
        figures.put("seconds", run.duration.toMillis() / 1000.0);
        figures.put("heapMib", heapMib);
        figures.put("residentMib", run.residentMib);
        figures.put("problems", problems.size());
        show(figures, problems);
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void show(Map<String, Object> figures, List<String> problems) throws IOException {
        problems.stream().limit(20).forEach(System.err::println);
        if (json) {
            System.out.println(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures));
            return;
        }
        var table = new Table("figure", "");
        figures.forEach((name, figure) -> table.row(name, figure.toString()));
        table.lines().forEach(System.out::println);
    }

    private static Set<String> found(Path file) throws IOException {
        var found = new HashSet<String>();
        var mapper = new ObjectMapper();
        for (var line : Files.readAllLines(file)) {
            var finding = mapper.readTree(line);
            var id = finding.path("id").isNull() ? finding.path("line") : finding.path("id");
            if (!found.add(finding.path("what").asText() + " " + id.asText())) {
                found.add("twice: " + line);
            }
        }
        return found;
    }

    private static List<String> difference(Set<String> some, Set<String> others) {
        return some.stream().filter(one -> !others.contains(one)).sorted().toList();
    }

    private static KafkaSettings kafka(EmbeddedBroker broker, EmbeddedRegistry registry)
            throws InterruptedException, ExecutionException {
        var topics = TopicCatalogue.defaults();
        var servers = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var admin = Admin.create(Map.<String, Object>copyOf(servers))) {
            admin.createTopics(List.of(new NewTopic(topics.name(TopicCatalogue.PAYMENTS), PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        return new KafkaSettings(servers, Map.of("schema.registry.url", registry.url()), topics);
    }
}
