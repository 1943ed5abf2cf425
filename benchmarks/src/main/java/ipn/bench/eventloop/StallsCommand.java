package ipn.bench.eventloop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.ExitCode;
import ipn.app.output.Table;
import ipn.bench.gateway.GatewayOption;
import ipn.bench.gateway.MeasuredGateway;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.gateway.GatewayAccount;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench stalls}: does verifying the slowest signatures ever hold an event loop of the ingress? */
@Command(
        name = "stalls",
        mixinStandardHelpOptions = true,
        description =
                "Starts an ingress on an embedded Kafka, sends it authentic deliveries whose signatures are slow to"
                        + " verify, and exits with 1 if event loops were held for more than 20 ms. Then the same with the signatures"
                        + " verified on the event loops, and with some that take 60 ms there, which it has to notice.",
        footer = {
            "",
            "Examples:",
            "  ipn bench stalls                       the slowest gateway, 500 a second for 20 seconds",
            "  ipn bench stalls --gateway apple --rate 200"
        })
public final class StallsCommand implements Callable<Integer> {
    /** What no event loop may be held for, in milliseconds, by its own work and beyond the lag of an idle thread. */
    private static final double HELD_MAX = 20;

    private static final Duration CONTROL = Duration.ofMillis(60);
    private static final int CONTROL_RATE = 200;
    private static final int CONTROL_SECONDS = 5;
    private static final int WARM_UP_SECONDS = 5;
    private static final int TRIALS = 200;

    @Option(
            names = "--gateway",
            converter = GatewayOption.class,
            description = "whose deliveries (default: the slowest one to verify)")
    private Optional<MeasuredGateway> chosen = Optional.empty();

    @Option(names = "--rate", description = "deliveries per second, open loop (default: ${DEFAULT-VALUE})")
    private int rate = 500;

    @Option(names = "--seconds", description = "for how long (default: ${DEFAULT-VALUE})")
    private int seconds = 20;

    @Option(names = "--connections", description = "keep-alive connections (default: ${DEFAULT-VALUE})")
    private int connections = 32;

    @Option(names = "--json", description = "the figures as JSON; the table goes to standard error")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var gateway = chosen.orElseGet(StallsCommand::slowest);
        System.err.printf(
                Locale.ROOT,
                "%s (%s, %.0f µs to verify, %s): %d a second for %d s on an embedded Kafka%n",
                gateway.name(),
                gateway.genuine().scheme(),
                gateway.verifyingMicros(TRIALS),
                gateway.account().verifiesOffEventLoop() ? "off the event loop" : "on the event loop",
                rate,
                seconds);
        var folder = Files.createTempDirectory("ipn-stalls");
        try (var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            return watch(kafka(broker), gateway);
        } finally {
            delete(folder);
        }
    }

    private int watch(KafkaSettings kafka, MeasuredGateway gateway)
            throws InterruptedException, JsonProcessingException {
        var watch = new LoopWatch(kafka, gateway, rate, connections);
        System.err.println("warming up ...");
        watch.during(WARM_UP_SECONDS, UnaryOperator.identity());
        var runs = new LinkedHashMap<String, LoopLags>();
        System.err.println("as it is ...");
        var asIs = watch.during(seconds, UnaryOperator.identity());
        runs.put("as it is", asIs);
        System.err.println("verified on the event loops, to compare ...");
        runs.put(
                "on the event loops",
                watch.during(seconds, account -> new EventLoopVerification(account, Duration.ZERO)));
        System.err.println("held on purpose, to see whether it would be noticed ...");
        var control = new LoopWatch(kafka, gateway, Math.min(rate, CONTROL_RATE), connections)
                .during(CONTROL_SECONDS, (GatewayAccount account) -> new EventLoopVerification(account, CONTROL));
        runs.put("held on purpose", control);

        var problems = new ArrayList<String>();
        if (asIs.heldMillis() > HELD_MAX) {
            problems.add(String.format(
                    Locale.ROOT,
                    "an event loop was held for %.1f ms (expected: at most %.0f)",
                    asIs.heldMillis(),
                    HELD_MAX));
        }
        if (!asIs.answeredWell()) {
            problems.add("answers: %s (expected: 2xx, or 503 where there are too many)".formatted(asIs.statuses()));
        }
        if (control.heldMillis() <= HELD_MAX) {
            problems.add("a stall of %d ms was not noticed, the machine was too busy: this run proves nothing"
                    .formatted(CONTROL.toMillis()));
        }
        report(gateway, runs, problems);
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void report(MeasuredGateway gateway, Map<String, LoopLags> runs, List<String> problems)
            throws JsonProcessingException {
        var out = json ? System.err : System.out;
        var table = new Table("ms", "", "median", "p99", "max");
        runs.forEach((name, lags) -> {
            row(table, name, "event loop lag, by the metric", lags.metric());
            row(table, "", "lag of an idle thread", lags.idle());
            row(table, "", "round trip of a probe to the event loops", lags.probe());
            row(table, "", "round trip to an idle thread", lags.peer());
            row(table, "", "event loop held: at work during a probe", lags.held());
            row(table, "", "deliveries answered " + lags.statuses(), lags.answer());
        });
        table.lines().forEach(out::println);
        var putOff = runs.values().iterator().next().putOff();
        if (putOff > 0) {
            out.printf("%d answered with 503: more than this machine verifies at this rate%n", putOff);
        }
        problems.forEach(out::println);
        if (json) {
            System.out.println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of(
                            "gateway", gateway.name(),
                            "rate", rate,
                            "seconds", seconds,
                            "runs", runs,
                            "problems", problems)));
        }
    }

    private static void row(Table table, String run, String what, LoopLags.Seen seen) {
        table.row(run, what, shown(seen.median()), shown(seen.p99()), shown(seen.max()));
    }

    private static String shown(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }

    private static MeasuredGateway slowest() {
        return MeasuredGateway.all().stream()
                .filter(gateway -> !gateway.asksEachTime())
                .max(Comparator.comparingDouble(gateway -> gateway.verifyingMicros(TRIALS)))
                .orElseThrow();
    }

    private static KafkaSettings kafka(EmbeddedBroker broker) throws InterruptedException, ExecutionException {
        var topics = new TopicCatalogue("stalls.", 4, (short) 1);
        var servers = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var admin = Admin.create(Map.<String, Object>copyOf(servers))) {
            admin.createTopics(List.of(new NewTopic(topics.name(TopicCatalogue.RAW), 4, (short) 1)))
                    .all()
                    .get();
        }
        return new KafkaSettings(servers, Map.of("schema.registry.url", "mock://stalls"), topics);
    }

    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
