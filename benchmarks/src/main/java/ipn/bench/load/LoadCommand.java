package ipn.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.bench.projector.ProjectorIdle;
import ipn.operations.brake.Brake;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.conservation.ConservationReport;
import ipn.operations.topic.Progress;
import ipn.simulator.Sender;
import ipn.simulator.Senders;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench load}: sends a shuffled day of notifications to a running {@code ipn up}, and compares the results. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "Sends a shuffled day of signed notifications to a running 'ipn up', and compares payments and entitlements"
                        + " with the expected results. Exits with 1 if there is a difference.",
        footer = {
            "",
            "Examples:",
            "  ipn bench load                       20,000 authentic notifications at full speed, 30 % redelivered",
            "  ipn bench load --rate 1000 --ipns 60000   at a fixed rate, to measure latencies"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int PRINTED_MAX = 20;

    @Option(
            names = "--ipns",
            description = "Number of authentic notifications, redeliveries included. Default: ${DEFAULT-VALUE}.")
    private int ipns = 20_000;

    @Option(names = "--redelivered", description = "Share of redeliveries. Default: ${DEFAULT-VALUE}.")
    private double redelivered = 0.3;

    @Option(
            names = "--malformed",
            description = "Share of additional malformed notifications. Default: ${DEFAULT-VALUE}.")
    private double malformed = 0.05;

    @Option(names = "--forged", description = "Share of additional forged notifications. Default: ${DEFAULT-VALUE}.")
    private double forged = 0.05;

    @Option(
            names = "--rate",
            description =
                    "Calls per second, open loop; 0: as fast as the connections allow. Default: ${DEFAULT-VALUE}.")
    private int rate = 0;

    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(names = "--seed", description = "Seed of the random order; 0: a random seed. Default: ${DEFAULT-VALUE}.")
    private long seed = 0;

    @Option(names = "--url", description = "URL of the ingress. Default: ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--config", description = "Settings file. Default: the built-in test settings of 'ipn up'.")
    private Optional<Path> config = Optional.empty();

    @Override
    public Integer call() throws Exception {
        var source = new SettingsSource(config, System.getenv());
        var settings = IpnConfig.from(source.read(), Path.of("data"));
        var actualSeed = seed == 0 ? new Random().nextInt(1_000_000) + 1 : seed;
        var scenarios = new Scenarios(
                "b" + Long.toString(Instant.now().getEpochSecond(), 36),
                Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS));
        var workload = Workload.create(
                new Workload.Plan(ipns, redelivered, malformed, forged, actualSeed),
                scenarios,
                senders(source),
                Instant.now());
        System.err.printf(
                "seed %s: %s calls (%s authentic, %s scenarios) to %s%n",
                Long.toString(actualSeed),
                workload.calls().size(),
                workload.genuine(),
                workload.scenarios().size(),
                url);

        var report = new LinkedHashMap<String, Object>();
        report.put("seed", actualSeed);
        var differences = new ArrayList<String>();
        try (var client = new LoadClient(url, connections);
                var arrivals = EntitlementArrivals.start(settings.kafka())) {
            CheckoutOrders.write(settings.kafka(), workload.orders());
            var startedAt = System.nanoTime();
            if (rate > 0) {
                client.sendAtRate(rate, workload.calls());
            } else {
                client.sendAll(workload.calls());
            }
            var sentAt = System.nanoTime();
            var check = awaitOutcomes(settings);
            report.put("orders", workload.orders().size());
            report.put("calls", workload.calls().size());
            report.put("sendSeconds", seconds(startedAt, sentAt));
            report.put("callsPerSecond", Math.round(workload.calls().size() / seconds(startedAt, sentAt)));
            report.put("secondsUntilAllDecided", seconds(startedAt, System.nanoTime()));
            report.put("statuses", client.statuses());
            report.put("acknowledgementMillis", percentiles(client.latencyMicros()));
            report.put("entitlementReadableMillis", percentiles(readableMicros(client, arrivals, workload)));
            report.put(
                    "conservation",
                    Map.of(
                            "balanced",
                            check.balanced(),
                            "raw",
                            check.records(),
                            "outcomes",
                            check.outcomes(),
                            "deadLetters",
                            check.deadLetters()));
            if (!check.balanced()) {
                differences.add("conservation: not balanced");
            }
            if (new Brake(settings.kafka(), settings.kafka().serdes(), Clock.systemUTC())
                    .status()
                    .engaged()) {
                differences.add(
                        "the brake is engaged (expected: 'ipn up' with IPN_BRAKE_MAX=1000000000 IPN_BRAKE_SHARE=100,"
                                + " because a day of refunds within minutes engages the brake)");
            }
            checkStatuses(client, differences);
            differences.addAll(new Oracle(settings.kafka(), workload).differences(client.acknowledgedAt()));
        }
        report.put("differences", differences.size());
        print(report, differences);
        return differences.isEmpty() ? 0 : 1;
    }

    /** Every call gets 200, except that forged calls get 401. */
    private static void checkStatuses(LoadClient client, List<String> differences) {
        client.statuses()
                .forEach((kind, counts) -> counts.forEach((status, count) -> {
                    var expected = kind == IngressCall.Kind.FORGED ? 401 : 200;
                    if (status != expected) {
                        differences.add(
                                "%s: status %s, %s times (expected: %s)".formatted(kind, status, count, expected));
                    }
                }));
    }

    /**
     * The time from the 2xx response to the read of the entitlement event. Events that were sent twice do
     * not count: either delivery may be the cause.
     */
    private static Histogram readableMicros(LoadClient client, EntitlementArrivals arrivals, Workload workload) {
        var deliveries = new HashMap<String, Integer>();
        workload.calls().forEach(call -> deliveries.merge(call.eventKey(), 1, Integer::sum));
        var micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
        arrivals.readableAt().forEach((event, at) -> {
            var acknowledged = client.acknowledgedAt().get(event);
            if (acknowledged != null && deliveries.getOrDefault(event, 0) == 1) {
                micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(at - acknowledged)));
            }
        });
        return micros;
    }

    /** Waits until every raw record has its outcome, every unprocessable record its dead letter, and the projector is idle. */
    static ConservationReport awaitOutcomes(IpnConfig settings) throws InterruptedException, ExecutionException {
        var stages = new ConservationCheck.Stages(
                settings.processor().configuration().applicationId(),
                settings.projector().configuration().applicationId());
        var check = new ConservationCheck(settings.kafka(), settings.kafka().serdes(), stages);
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        var report = check.run(Progress.SILENT);
        var stableChecks = 0;
        while (stableChecks < 2 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(500);
            var next = check.run(Progress.SILENT);
            stableChecks =
                    next.waiting() == 0 && next.records() == report.records() && next.balanced() ? stableChecks + 1 : 0;
            report = next;
        }
        ProjectorIdle.await(settings.kafka(), deadline);
        return report;
    }

    /** The sender of each simulated gateway that the settings contain. */
    static Map<String, Sender> senders(SettingsSource source) {
        var senders = new HashMap<String, Sender>();
        for (var gateway : Senders.gateways()) {
            var settings = source.read();
            Senders.find(settings, gateway, "main").ifPresent(sender -> senders.put(gateway, sender));
            settings.problems().throwIfAny();
        }
        return Collections.unmodifiableMap(senders);
    }

    /** The percentiles of a histogram in milliseconds, for a report. */
    public static Map<String, Object> percentiles(Histogram micros) {
        var all = new LinkedHashMap<String, Object>();
        all.put("count", micros.getTotalCount());
        for (var percentile : new double[] {50, 90, 99, 99.9}) {
            all.put("p" + percentile, micros.getValueAtPercentile(percentile) / 1000.0);
        }
        all.put("max", micros.getMaxValue() / 1000.0);
        return all;
    }

    /** Prints a report as JSON, then the first differences. */
    public static void print(Map<String, Object> report, List<String> differences) throws JsonProcessingException {
        System.out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
        differences.stream().limit(PRINTED_MAX).forEach(System.out::println);
    }

    private static double seconds(long from, long to) {
        return Math.round((to - from) / 1e7) / 100.0;
    }
}
