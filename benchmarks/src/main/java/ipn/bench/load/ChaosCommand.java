package ipn.bench.load;

import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.bench.measure.Revisions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench chaos}: every stage in a JVM of its own, killed at random moments under load, and a judgement. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Starts a pipeline of its own, one JVM per stage, kills stages with SIGKILL at random moments under load,"
                        + " and compares what comes of it with what must.",
        footer = {"", "Examples:", "  ipn bench chaos", "  ipn bench chaos --kills 20 --ipns 40000 --seed 7"})
public final class ChaosCommand implements Callable<Integer> {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--kills", description = "of the processor and of the projector, each (default: ${DEFAULT-VALUE})")
    private int kills = 10;

    @Option(names = "--ingress-kills", description = "of the ingress (default: ${DEFAULT-VALUE})")
    private int ingressKills = 3;

    @Option(names = "--ipns", description = "authentic notifications (default: ${DEFAULT-VALUE})")
    private int ipns = 20_000;

    @Option(
            names = "--pause",
            description = "longest wait between two kills, in milliseconds (default: ${DEFAULT-VALUE})")
    private int pauseMillis = 6_000;

    @Option(names = "--connections", description = "keep-alive connections (default: ${DEFAULT-VALUE})")
    private int connections = 8;

    @Option(names = "--seed", description = "of shuffle and moments; 0: a new one (default: ${DEFAULT-VALUE})")
    private long seed = 0;

    @Option(names = "--port", description = "of the ingress; the others follow it (default: ${DEFAULT-VALUE})")
    private int port = 18080;

    @Override
    public Integer call() throws Exception {
        var chosen = seed == 0 ? new Random().nextInt(1_000_000) + 1 : seed;
        var data = Files.createTempDirectory("ipn-chaos");
        var environment = environment();
        var source = SettingsSource.builtIn(environment);
        System.err.printf("seed %s, data %s%n", Long.toString(chosen), data);
        try (var base = StageProcess.start(
                "base",
                data,
                environment,
                "--data",
                data.resolve("base").toString(),
                "up",
                "--without",
                "ingress,processor,projector")) {
            awaitPrinted(base, "ready");
            try (var processor = stage("processor", data, 1);
                    var projector = stage("projector", data, 2);
                    var ingress = stage("ingress", data, 3)) {
                return judged(chosen, source, new Stages(ingress, processor, projector));
            }
        }
    }

    private record Stages(StageProcess ingress, StageProcess processor, StageProcess projector) {}

    private Integer judged(long chosen, SettingsSource source, Stages stages) throws Exception {
        var settings = IpnConfig.from(source.read(), Path.of("data"));
        var plots = new Scenarios(
                "c" + Long.toString(Instant.now().getEpochSecond(), 36),
                Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS));
        var volley = Workload.of(
                new Workload.Plan(ipns, 0.3, 0.05, 0.05, chosen), plots, LoadCommand.senders(source), Instant.now());
        var done = new AtomicBoolean();
        var monkey = new Thread(() -> rampage(new Random(chosen), stages, done), "monkey");
        try (var battery = new LoadClient(URI.create("http://127.0.0.1:" + port), connections)) {
            monkey.start();
            // every other order comes when its payments are long there
            var orders = volley.orders();
            CheckoutOrders.write(settings.kafka(), orders.subList(0, orders.size() / 2));
            var attempts = fireUntilAnswered(battery, volley.shots());
            CheckoutOrders.write(settings.kafka(), orders.subList(orders.size() / 2, orders.size()));
            monkey.join();
            done.set(true);
            var check = LoadCommand.settled(settings);
            var differences = new ArrayList<String>();
            if (!check.balanced() || check.waiting() > 0) {
                differences.add(
                        "conservation: not balanced, or %s records waiting".formatted(Long.toString(check.waiting())));
            }
            differences.addAll(new Oracle(settings.kafka(), volley).differences(battery.acknowledgedAt()));
            differences.addAll(Revisions.gaps(settings.kafka()));
            var report = new LinkedHashMap<String, Object>();
            report.put("seed", chosen);
            report.put(
                    "kills",
                    Map.of(
                            "ingress",
                            stages.ingress().kills(),
                            "processor",
                            stages.processor().kills(),
                            "projector",
                            stages.projector().kills()));
            report.put("calls", volley.shots().size());
            report.put("attempts", attempts);
            report.put("statuses", battery.statuses());
            report.put("raw", check.records());
            report.put("outcomes", check.outcomes());
            report.put("deadLetters", check.deadLetters());
            report.put("acknowledgementMillis", LoadCommand.percentiles(battery.latencyMicros()));
            report.put("differences", differences.size());
            LoadCommand.print(report, differences);
            return differences.isEmpty() ? 0 : 1;
        }
    }

    /** As gateways do: whatever was not answered with success or refusal is sent again. */
    private static int fireUntilAnswered(LoadClient battery, List<IngressCall> shots) throws InterruptedException {
        var left = shots;
        var attempts = 0;
        while (!left.isEmpty()) {
            attempts += left.size();
            left = battery.fireAndCollectUnanswered(left);
        }
        return attempts;
    }

    /** Kills each stage as often as asked, at random moments, and starts it again at once. */
    private void rampage(Random random, Stages stages, AtomicBoolean done) {
        var victims = new ArrayList<StageProcess>();
        for (var i = 0; i < kills; i++) {
            victims.add(stages.processor());
            victims.add(stages.projector());
        }
        for (var i = 0; i < ingressKills; i++) {
            victims.add(stages.ingress());
        }
        Collections.shuffle(victims, random);
        try {
            for (var victim : victims) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(pauseMillis));
                if (done.get()) {
                    return;
                }
                System.err.println("kill -9 " + victim);
                victim.killAndRestart();
            }
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StageProcess stage(String name, Path data, int number) throws IOException {
        var environment = environment();
        environment.put("IPN_MANAGEMENT_PORT", Integer.toString(port + 100 + number));
        return StageProcess.start(
                name,
                data,
                environment,
                "--config",
                "built-in",
                "--data",
                data.resolve(name).toString(),
                name);
    }

    private Map<String, String> environment() {
        var all = new HashMap<String, String>();
        // The day has as many refunds as it has stories: that is no attack.
        all.put("IPN_BRAKE_MAX", "1000000000");
        all.put("IPN_BRAKE_SHARE", "100");
        all.put("IPN_INGRESS_PORT", Integer.toString(port));
        all.put("IPN_MANAGEMENT_PORT", Integer.toString(port + 100));
        all.put("IPN_EMBEDDED_KAFKA_PORT", Integer.toString(port + 1));
        all.put("IPN_EMBEDDED_REGISTRY_PORT", Integer.toString(port + 2));
        all.put("IPN_EMBEDDED_STAND_IN_PORT", Integer.toString(port + 3));
        all.put(
                "IPN_GATEWAYS_PAYPAL_IPN_MAIN_FETCH_URL",
                "http://127.0.0.1:%s/cgi-bin/webscr".formatted(Integer.toString(port + 3)));
        all.put("IPN_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + (port + 1));
        all.put("IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + (port + 2));
        return all;
    }

    private static void awaitPrinted(StageProcess jvm, String line) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (jvm.printed().lines().noneMatch(line::equals)) {
            if (!jvm.alive() || System.nanoTime() > deadline) {
                throw new IOException("%s did not start:%n%s".formatted(jvm, jvm.printed()));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
