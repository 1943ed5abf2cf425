package ipn.bench.eventloop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.ExitCode;
import ipn.app.output.Table;
import ipn.bench.gateway.GatewayOption;
import ipn.bench.gateway.MeasuredGateway;
import ipn.bench.measure.DataFolder;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.gateway.GatewayAccount;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Files;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench stalls}: measures how long the verification of slow signatures blocks event loops of the ingress. */
@Command(
        name = "stalls",
        mixinStandardHelpOptions = true,
        description =
                "Starts an ingress on an embedded Kafka, sends authentic deliveries with slow signatures, and exits with 1 if"
                        + " an event loop was blocked for more than 20 ms. Repeats the run with verification on the event loops, and"
                        + " with verifications that block them for 60 ms. Exits with 1 if it does not detect the latter.",
        footer = {
            "",
            "Examples:",
            "  ipn bench stalls                       the gateway with the slowest verification, 500 per second for 20 seconds",
            "  ipn bench stalls --gateway apple --rate 200"
        })
public final class StallsCommand implements Callable<Integer> {
    /** The longest time in milliseconds that an event loop may be blocked, beyond the lag of an idle thread. */
    private static final double BLOCKED_MILLIS_MAX = 20;

    private static final Duration CONTROL_BLOCK = Duration.ofMillis(60);
    private static final int CONTROL_RATE = 200;
    private static final int CONTROL_SECONDS = 5;
    private static final int WARM_UP_SECONDS = 5;
    private static final int TRIALS = 200;

    @Option(
            names = "--gateway",
            converter = GatewayOption.class,
            description = "Gateway of the deliveries. Default: the gateway with the slowest verification.")
    private Optional<MeasuredGateway> chosen = Optional.empty();

    @Option(names = "--rate", description = "Deliveries per second, open loop. Default: ${DEFAULT-VALUE}.")
    private int rate = 500;

    @Option(names = "--seconds", description = "Duration in seconds. Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 32;

    @Option(names = "--json", description = "Print the figures as JSON, and the table to standard error.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var gateway = chosen.orElseGet(StallsCommand::slowest);
        System.err.printf(
                Locale.ROOT,
                "%s (%s, %.0f µs to verify, %s): %d deliveries per second for %d s on an embedded Kafka%n",
                gateway.name(),
                gateway.genuine().scheme(),
                gateway.verificationMicros(TRIALS),
                gateway.account().verifiesOffEventLoop() ? "off the event loop" : "on the event loop",
                rate,
                seconds);
        var folder = Files.createTempDirectory("ipn-stalls");
        try (var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            return watch(kafka(broker), gateway);
        } finally {
            DataFolder.delete(folder);
        }
    }

    private int watch(KafkaSettings kafka, MeasuredGateway gateway)
            throws InterruptedException, JsonProcessingException {
        var watch = new LoopWatch(kafka, gateway, rate, connections);
        System.err.println("warm-up ...");
        watch.measure(WARM_UP_SECONDS, UnaryOperator.identity());
        var runs = new LinkedHashMap<String, LoopLags>();
        System.err.println("verification as configured ...");
        var configured = watch.measure(seconds, UnaryOperator.identity());
        runs.put("as configured", configured);
        System.err.println("verification on the event loops, for comparison ...");
        runs.put(
                "on the event loops",
                watch.measure(seconds, account -> new EventLoopVerification(account, Duration.ZERO)));
        System.err.println("event loops blocked on purpose, to check the measurement ...");
        var control = new LoopWatch(kafka, gateway, Math.min(rate, CONTROL_RATE), connections)
                .measure(
                        CONTROL_SECONDS, (GatewayAccount account) -> new EventLoopVerification(account, CONTROL_BLOCK));
        runs.put("blocked on purpose", control);

        var problems = new ArrayList<String>();
        if (configured.blockedMillis() > BLOCKED_MILLIS_MAX) {
            problems.add(String.format(
                    Locale.ROOT,
                    "an event loop was blocked for %.1f ms (expected: at most %.0f)",
                    configured.blockedMillis(),
                    BLOCKED_MILLIS_MAX));
        }
        if (!configured.onlyExpectedStatuses()) {
            problems.add("statuses: %s (expected: 2xx, or 503 if the verifiers are overloaded)"
                    .formatted(configured.statuses()));
        }
        if (control.blockedMillis() <= BLOCKED_MILLIS_MAX) {
            problems.add("a block of %d ms was not detected: the machine is too busy for this benchmark"
                    .formatted(CONTROL_BLOCK.toMillis()));
        }
        report(gateway, runs, problems);
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void report(MeasuredGateway gateway, Map<String, LoopLags> runs, List<String> problems)
            throws JsonProcessingException {
        var out = json ? System.err : System.out;
        var table = new Table("ms", "", "median", "p99", "max");
        runs.forEach((name, lags) -> {
            row(table, name, "event loop lag (metric of the ingress)", lags.metric());
            row(table, "", "lag of an idle thread", lags.idle());
            row(table, "", "round trip of a probe to an event loop", lags.probe());
            row(table, "", "round trip of a probe to an idle thread", lags.peer());
            row(table, "", "event loop blocked during a probe", lags.blocked());
            row(table, "", "response to a delivery, statuses " + lags.statuses(), lags.response());
        });
        table.lines().forEach(out::println);
        var overloaded = runs.values().iterator().next().overloaded();
        if (overloaded > 0) {
            out.printf("%d responses with 503: this machine cannot verify so many deliveries per second%n", overloaded);
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

    private static void row(Table table, String run, String what, LoopLags.Percentiles percentiles) {
        table.row(run, what, millis(percentiles.median()), millis(percentiles.p99()), millis(percentiles.max()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static MeasuredGateway slowest() {
        return MeasuredGateway.all().stream()
                .filter(gateway -> !gateway.sendsRequests())
                .max(Comparator.comparingDouble(gateway -> gateway.verificationMicros(TRIALS)))
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
}
