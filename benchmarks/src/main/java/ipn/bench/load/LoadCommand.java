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

/** {@code bench load}: a day of shuffled notifications against a running {@code ipn up}, and a judgement. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "Sends a shuffled day of signed notifications to a running 'ipn up' and compares what comes of it with what must.",
        footer = {
            "",
            "Examples:",
            "  ipn bench load                       20,000 authentic ones at full speed, 30 % redelivered",
            "  ipn bench load --rate 1000 --ipns 60000   at a fixed rate, for latencies"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SHOWN_MAX = 20;

    @Option(
            names = "--ipns",
            description = "authentic notifications, redeliveries among them (default: ${DEFAULT-VALUE})")
    private int ipns = 20_000;

    @Option(names = "--redelivered", description = "share sent again (default: ${DEFAULT-VALUE})")
    private double redelivered = 0.3;

    @Option(names = "--malformed", description = "senseless ones on top (default: ${DEFAULT-VALUE})")
    private double malformed = 0.05;

    @Option(names = "--forged", description = "forged ones on top (default: ${DEFAULT-VALUE})")
    private double forged = 0.05;

    @Option(
            names = "--rate",
            description =
                    "calls per second, open loop; 0: as fast as the connections allow (default: ${DEFAULT-VALUE})")
    private int rate = 0;

    @Option(names = "--connections", description = "keep-alive connections (default: ${DEFAULT-VALUE})")
    private int connections = 64;

    @Option(names = "--seed", description = "of the shuffle; 0: a new one (default: ${DEFAULT-VALUE})")
    private long seed = 0;

    @Option(names = "--url", description = "of the ingress (default: ${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--config", description = "settings file (default: the built-in test settings of 'ipn up')")
    private Optional<Path> config = Optional.empty();

    @Override
    public Integer call() throws Exception {
        var source = new SettingsSource(config, System.getenv());
        var settings = IpnConfig.from(source.read(), Path.of("data"));
        var chosen = seed == 0 ? new Random().nextInt(1_000_000) + 1 : seed;
        var plots = new Scenarios(
                "b" + Long.toString(Instant.now().getEpochSecond(), 36),
                Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS));
        var volley = Workload.of(
                new Workload.Plan(ipns, redelivered, malformed, forged, chosen), plots, senders(source), Instant.now());
        System.err.printf(
                "seed %s: %s calls (%s authentic, %s stories) to %s%n",
                Long.toString(chosen),
                volley.shots().size(),
                volley.genuine(),
                volley.stories().size(),
                url);

        var report = new LinkedHashMap<String, Object>();
        report.put("seed", chosen);
        var differences = new ArrayList<String>();
        try (var battery = new LoadClient(url, connections);
                var arrivals = EntitlementArrivals.watch(settings.kafka())) {
            CheckoutOrders.write(settings.kafka(), volley.orders());
            var began = System.nanoTime();
            if (rate > 0) {
                battery.fireAt(rate, volley.shots());
            } else {
                battery.fire(volley.shots());
            }
            var sent = System.nanoTime();
            var check = settled(settings);
            report.put("orders", volley.orders().size());
            report.put("calls", volley.shots().size());
            report.put("sendSeconds", seconds(began, sent));
            report.put("callsPerSecond", Math.round(volley.shots().size() / seconds(began, sent)));
            report.put("secondsUntilAllDecided", seconds(began, System.nanoTime()));
            report.put("statuses", battery.statuses());
            report.put("acknowledgementMillis", percentiles(battery.latencyMicros()));
            report.put("entitlementReadableMillis", percentiles(readable(battery, arrivals, volley)));
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
                                + " since a day in minutes looks like an attack)");
            }
            statuses(battery, differences);
            differences.addAll(new Oracle(settings.kafka(), volley).differences(battery.acknowledgedAt()));
        }
        report.put("differences", differences.size());
        print(report, differences);
        return differences.isEmpty() ? 0 : 1;
    }

    /** Authentic ones are accepted whatever they say; forged ones never are. */
    private static void statuses(LoadClient battery, List<String> differences) {
        battery.statuses()
                .forEach((kind, counts) -> counts.forEach((status, count) -> {
                    var right = kind == IngressCall.Kind.FORGED ? status == 401 : status == 200;
                    if (!right) {
                        differences.add("%s: %s answered %s times".formatted(kind, status, count));
                    }
                }));
    }

    /** From 2xx to readable, where an event was sent once: nobody can tell which of two deliveries a reader waits for. */
    private static Histogram readable(LoadClient battery, EntitlementArrivals arrivals, Workload volley) {
        var times = new HashMap<String, Integer>();
        volley.shots().forEach(shot -> times.merge(shot.eventKey(), 1, Integer::sum));
        var micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
        arrivals.readableAt().forEach((event, at) -> {
            var acknowledged = battery.acknowledgedAt().get(event);
            if (acknowledged != null && times.getOrDefault(event, 0) == 1) {
                micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(at - acknowledged)));
            }
        });
        return micros;
    }

    /** Waits until every raw record has its outcome and every dead letter its place, and what follows has followed. */
    static ConservationReport settled(IpnConfig settings) throws InterruptedException, ExecutionException {
        var stages = new ConservationCheck.Stages(
                settings.processor().applicationId(), settings.projector().applicationId());
        var check = new ConservationCheck(settings.kafka(), settings.kafka().serdes(), stages);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var report = check.run(Progress.SILENT);
        var steady = 0;
        while (steady < 2 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(500);
            var next = check.run(Progress.SILENT);
            steady = next.waiting() == 0 && next.records() == report.records() && next.balanced() ? steady + 1 : 0;
            report = next;
        }
        ProjectorIdle.await(settings.kafka(), deadline);
        return report;
    }

    static Map<String, Sender> senders(SettingsSource source) {
        var senders = new HashMap<String, Sender>();
        for (var gateway : Senders.gateways()) {
            var settings = source.read();
            Senders.find(settings, gateway, "main").ifPresent(sender -> senders.put(gateway, sender));
            settings.problems().throwIfAny();
        }
        return Collections.unmodifiableMap(senders);
    }

    public static Map<String, Object> percentiles(Histogram micros) {
        var all = new LinkedHashMap<String, Object>();
        all.put("count", micros.getTotalCount());
        for (var percentile : new double[] {50, 90, 99, 99.9}) {
            all.put("p" + percentile, micros.getValueAtPercentile(percentile) / 1000.0);
        }
        all.put("max", micros.getMaxValue() / 1000.0);
        return all;
    }

    public static void print(Map<String, Object> report, List<String> differences) throws JsonProcessingException {
        System.out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
        differences.stream().limit(SHOWN_MAX).forEach(System.out::println);
    }

    private static double seconds(long from, long to) {
        return Math.round((to - from) / 1e7) / 100.0;
    }
}
