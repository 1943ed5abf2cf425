package ipn.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.bench.measure.Revisions;
import ipn.bench.measure.StagesIdle;
import ipn.operations.brake.Brake;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.conservation.ConservationReport;
import ipn.operations.topic.Progress;
import ipn.simulator.Sender;
import ipn.simulator.Senders;
import ipn.topics.TopicCatalogue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
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
    /** Topics that the projector writes to and that no stage reads. */
    private static final List<String> WATCHED = List.of(
            TopicCatalogue.ENTITLEMENTS,
            TopicCatalogue.ENTITLEMENT_STATE,
            TopicCatalogue.DISCREPANCIES,
            TopicCatalogue.LEDGER,
            TopicCatalogue.NOTIFICATIONS,
            TopicCatalogue.DLQ);

    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final int UNAVAILABLE = 503;
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
        var scenarios = new Scenarios("b" + RunTag.now(), Scenarios.recentStart());
        var workload = Workload.create(
                new Workload.Plan(ipns, redelivered, malformed, forged, actualSeed),
                scenarios::scenario,
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
            var resent = rate > 0
                    ? client.sendAtRateUntilAnswered(rate, workload.calls())
                    : client.sendAllUntilAnswered(workload.calls());
            var sentAt = System.nanoTime();
            var check = awaitOutcomes(settings, differences);
            report.put("orders", workload.orders().size());
            report.put("calls", workload.calls().size());
            report.put("resent", resent);
            report.put("sendSeconds", seconds(startedAt, sentAt));
            report.put("callsPerSecond", Math.round((workload.calls().size() + resent) / seconds(startedAt, sentAt)));
            report.put("secondsUntilAllDecided", seconds(startedAt, System.nanoTime()));
            report.put("statuses", client.statuses());
            report.put("acknowledgementMillis", percentiles(client.latencyMicros()));
            report.put(
                    "entitlementReadableMillis",
                    percentiles(arrivals.microsSince(client.acknowledgedAt(), workload.calls())));
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
            if (new Brake(settings.kafka(), settings.kafka().serdes(), Clock.systemUTC())
                    .status()
                    .engaged()) {
                differences.add(
                        "the brake is engaged (expected: 'ipn up' with IPN_BRAKE_MAX=1000000000 IPN_BRAKE_SHARE=100,"
                                + " because a day of refunds within minutes engages the brake)");
            }
            differences.addAll(unexpectedStatuses(client));
            differences.addAll(new Oracle(settings.kafka(), workload).differences(client.acknowledgedAt()));
        }
        report.put("differences", differences.size());
        print(report, differences);
        return differences.isEmpty() ? 0 : 1;
    }

    /** Every call gets 200, except that forged calls get 401. A call that got 503 was sent again, as gateways do. */
    public static List<String> unexpectedStatuses(LoadClient client) {
        return unexpectedStatuses(client, Set.of(UNAVAILABLE));
    }

    /** As {@link #unexpectedStatuses(LoadClient)}, while processes are killed: a call may also get no response, or come at a moment with too many. */
    public static List<String> unexpectedStatusesUnderFaults(LoadClient client) {
        return unexpectedStatuses(client, Set.of(UNAVAILABLE, LoadClient.NO_RESPONSE, LoadClient.TOO_MANY));
    }

    /** @param repeated statuses after which a call is sent again */
    private static List<String> unexpectedStatuses(LoadClient client, Set<Integer> repeated) {
        var unexpected = new ArrayList<String>();
        client.statuses()
                .forEach((kind, counts) -> counts.forEach((status, count) -> {
                    var expected = kind == IngressCall.Kind.FORGED ? 401 : 200;
                    if (status != expected && !repeated.contains(status)) {
                        unexpected.add(
                                "%s: status %s, %s times (expected: %s)".formatted(kind, status, count, expected));
                    }
                }));
        if (client.unanswered() > 0) {
            unexpected.add("calls: %s without an answer (expected: an answer to each, after repetitions)"
                    .formatted(Integer.toString(client.unanswered())));
        }
        return unexpected;
    }

    /**
     * Waits until both stages are idle, and checks that every raw record has its outcome and every unprocessable record its dead letter.
     *
     * @param differences receives what is wrong
     */
    static ConservationReport awaitOutcomes(IpnConfig settings, List<String> differences)
            throws InterruptedException, ExecutionException {
        awaitIdle(settings, PACE, topics -> {}, differences);
        return conservation(settings, differences);
    }

    /**
     * Waits until the stages are idle.
     *
     * @param onChange receives topics whenever their ends have changed
     * @param differences receives that they are not idle, and make no progress
     */
    public static void awaitIdle(
            IpnConfig settings, StagesIdle.Pace pace, Consumer<Set<String>> onChange, List<String> differences)
            throws InterruptedException, ExecutionException {
        try (var idle = stagesIdle(settings, pace)) {
            if (!idle.await(onChange)) {
                differences.add("stages: not idle, and without progress for two minutes");
            }
        }
    }

    /** Waits for processor and projector, and until no record waits to be processed later. */
    public static StagesIdle stagesIdle(IpnConfig settings, StagesIdle.Pace pace)
            throws InterruptedException, ExecutionException {
        var stages = List.of(
                settings.processor().groups().deferred(),
                settings.processor().configuration().applicationId(),
                settings.projector().configuration().applicationId());
        var watched = WATCHED.stream().map(settings.kafka().topics()::name).toList();
        return StagesIdle.open(settings.kafka(), stages, watched, pace);
    }

    /** Checks that every raw record has its outcome and every unprocessable record its dead letter, when the stages are idle. */
    public static ConservationReport conservation(IpnConfig settings, List<String> differences) {
        var stages = new ConservationCheck.Stages(
                settings.processor().configuration().applicationId(),
                settings.projector().configuration().applicationId());
        var report = new ConservationCheck(settings.kafka(), settings.kafka().serdes(), stages).run(Progress.SILENT);
        if (!report.balanced() || !report.allDecided()) {
            differences.add("conservation: %d findings, %d records without an outcome, %d that wait (expected: none)"
                    .formatted(report.findingsCount(), report.waiting(), report.deferred()));
        }
        return report;
    }

    /** As {@link #conservation}, and that no revision of an entitlement is missing. */
    public static void conservationAndRevisions(IpnConfig settings, List<String> differences) {
        conservation(settings, differences);
        differences.addAll(Revisions.gaps(settings.kafka()));
    }

    /** The sender of each simulated gateway that the settings contain. */
    public static Map<String, Sender> senders(SettingsSource source) {
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
