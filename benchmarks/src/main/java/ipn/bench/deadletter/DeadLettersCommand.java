package ipn.bench.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.ExitCode;
import ipn.app.SettingsSource;
import ipn.app.output.Table;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.ProgressWait;
import ipn.gateway.Accounts;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench deadletters}: triage, dry run and a killed redrive of many dead letters. */
@Command(
        name = "deadletters",
        mixinStandardHelpOptions = true,
        description =
                "Starts processor and projector on an embedded Kafka, makes dead letters of 12 kinds, groups them, adds the settings that repair half of them,"
                        + " and redrives all, with the redrive killed again and again. Exits with 1 if one was not replayed exactly once, if attempts"
                        + " or first failures are wrong, or if the dry run differs from what happened.",
        footer = {
            "",
            "Examples:",
            "  ipn bench deadletters                  100,000 dead letters",
            "  ipn bench deadletters --letters 12000 --kill-after 500"
        })
public final class DeadLettersCommand implements Callable<Integer> {
    private static final Map<String, String> FREE_PORTS = Map.of(
            "IPN_MANAGEMENT_PORT", "0",
            "IPN_EMBEDDED_KAFKA_PORT", "0",
            "IPN_EMBEDDED_REGISTRY_PORT", "0",
            "IPN_EMBEDDED_STAND_IN_PORT", "0");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--letters", description = "Number of dead letters. Default: ${DEFAULT-VALUE}.")
    private int letters = 100_000;

    @Option(
            names = "--kill-after",
            description = "Kill the redrive so many milliseconds after its first commit. Default: ${DEFAULT-VALUE}.")
    private long killAfterMillis = 1_000;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private boolean right = true;

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("ipn-deadletters");
        var broken = Files.writeString(folder.resolve("broken.yaml"), DeadLetterKinds.settings(false));
        var repaired = Files.writeString(folder.resolve("repaired.yaml"), DeadLetterKinds.settings(true));
        var plan = new StackPlan(
                new SettingsSource(Optional.of(broken), FREE_PORTS),
                folder,
                EnumSet.of(Stage.PROCESSOR, Stage.PROJECTOR));
        try (var stack = Stack.start(plan, Announcer.SILENT)) {
            measure(stack, folder, repaired);
        } finally {
            DataFolder.delete(folder);
        }
        var table = new Table("figure", "");
        figures.forEach((name, figure) -> table.row(name, figure.toString()));
        table.lines().forEach(System.out::println);
        return right ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void measure(Stack stack, Path folder, Path repaired) throws IOException, InterruptedException {
        var kafka = stack.config().kafka();
        var accounts = Accounts.from(new SettingsSource(Optional.of(repaired), FREE_PORTS).read());
        var kinds = new DeadLetterKinds(accounts, kafka.topics().name(TopicCatalogue.RAW), Instant.now());
        var commands = new CommandRun(kafka, repaired, folder);
        var beyondRepair = DeadLetterKinds.beyondRepair(letters);
        figures.put("dead letters", letters);
        try (var before = new TopicTail(kafka, kafka.topics().name(TopicCatalogue.DLQ), record -> {})) {
            seconds("all dead letters written after (s)", () -> {
                write(kafka, kinds);
                ProgressWait.whileProgressing("every record is a dead letter", () -> (int) before.count(), letters);
            });
        }
        triage(commands, letters);
        stack.startProcessor(accounts);
        var until = Instant.now();
        var expected = dryRun(commands);
        try (var results = new RedriveResults(kafka)) {
            var redrive = new KilledRedrive(commands, kafka, Duration.ofMillis(killAfterMillis)).run(folder, until);
            figures.put("redrive, with all its kills (s)", redrive.duration().toMillis() / 1000.0);
            figures.put("kills of the redrive", redrive.kills());
            expect("exit code of the last run", 0, redrive.exitCode());
            if (redrive.exitCode() != 0) {
                System.err.println(redrive.lastOutput());
            }
            ProgressWait.whileProgressing("every replayed record has an outcome", results::processed, letters);
            ProgressWait.whileProgressing("the other half are dead letters again", results::failedAgain, beyondRepair);
            results.finish();
            expect("different dead letters replayed", letters, results.differentReplayed());
            expect("replayed more than once", 0L, results.replayedTwice());
            expect("outcomes of replayed records", letters, results.processed());
            expect("failed again", beyondRepair, results.failedAgain());
            expect(
                    "of these with attempts grown and the first failure kept",
                    (long) beyondRepair,
                    results.withAttemptsGrown());
            expect("outcomes as the dry run told", expected, results.outcomes());
        }
        triage(commands, beyondRepair);
    }

    private void triage(CommandRun commands, int open) throws IOException, InterruptedException {
        var run = commands.run("dlq");
        var json = read(run);
        figures.put(
                "triage of %,d, with the start of the JVM (s)".formatted(open),
                run.duration().toMillis() / 1000.0);
        expect("open in triage of %,d".formatted(open), open, json.path("open").asInt());
        figures.put(
                "groups in triage of %,d".formatted(open), json.path("groups").size());
    }

    private TreeMap<String, Long> dryRun(CommandRun commands) throws IOException, InterruptedException {
        var run = commands.run("dlq", "replay", "--all", "--dry-run");
        var forecast = read(run).path("forecast");
        figures.put("dry run, with the start of the JVM (s)", run.duration().toMillis() / 1000.0);
        figures.put("money in the dry run", forecast.path("money").toString());
        figures.put("access gained in the dry run", forecast.path("gained").toString());
        var outcomes = new TreeMap<String, Long>();
        forecast.path("outcomes")
                .properties()
                .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue().asLong()));
        return outcomes;
    }

    private static JsonNode read(CommandRun.Result run) throws IOException {
        if (run.output().isBlank()) {
            throw new IllegalStateException("command: no output: " + run.errors());
        }
        return JSON.readTree(run.output());
    }

    private void write(KafkaSettings kafka, DeadLetterKinds kinds) {
        var properties = kafka.client();
        properties.put("acks", "all");
        properties.put("linger.ms", "20");
        properties.put("batch.size", "131072");
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var number = 0; number < letters; number++) {
                var unused = producer.send(kinds.record(number));
            }
            producer.flush();
        }
    }

    private void seconds(String name, Runnable step) {
        var startedAt = System.nanoTime();
        step.run();
        figures.put(name, Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1000.0);
    }

    private void expect(String name, Object expected, Object actual) {
        var same = expected.equals(actual);
        right &= same;
        figures.put(name, same ? actual : actual + " (expected: " + expected + ")");
    }
}
