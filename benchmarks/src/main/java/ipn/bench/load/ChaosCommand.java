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

/** {@code bench chaos}: kills the stages of a pipeline at random moments under load, and compares the results. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Starts a separate pipeline with one JVM per stage, kills stages with SIGKILL at random moments under load,"
                        + " and compares payments and entitlements with the expected results. Exits with 1 if there is a difference.",
        footer = {"", "Examples:", "  ipn bench chaos", "  ipn bench chaos --kills 20 --ipns 40000 --seed 7"})
public final class ChaosCommand implements Callable<Integer> {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    @Option(
            names = "--kills",
            description = "Kills of the processor, and as many of the projector. Default: ${DEFAULT-VALUE}.")
    private int kills = 10;

    @Option(names = "--ingress-kills", description = "Kills of the ingress. Default: ${DEFAULT-VALUE}.")
    private int ingressKills = 3;

    @Option(names = "--ipns", description = "Number of authentic notifications. Default: ${DEFAULT-VALUE}.")
    private int ipns = 20_000;

    @Option(
            names = "--pause",
            description = "Longest wait between two kills, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private int pauseMillis = 6_000;

    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 8;

    @Option(
            names = "--seed",
            description = "Seed of the order of calls and of the kills; 0: a random seed. Default: ${DEFAULT-VALUE}.")
    private long seed = 0;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18080;

    @Override
    public Integer call() throws Exception {
        var actualSeed = seed == 0 ? new Random().nextInt(1_000_000) + 1 : seed;
        var data = Files.createTempDirectory("ipn-chaos");
        var environment = environment();
        var source = SettingsSource.builtIn(environment);
        System.err.printf("seed %s, data %s%n", Long.toString(actualSeed), data);
        try (var base = StageProcess.start(
                "base",
                data,
                environment,
                "--data",
                data.resolve("base").toString(),
                "up",
                "--without",
                "ingress,processor,projector")) {
            awaitOutput(base, "ready");
            try (var processor = stage("processor", data, 1);
                    var projector = stage("projector", data, 2);
                    var ingress = stage("ingress", data, 3)) {
                return run(actualSeed, source, new Stages(ingress, processor, projector));
            }
        }
    }

    private record Stages(StageProcess ingress, StageProcess processor, StageProcess projector) {}

    private Integer run(long actualSeed, SettingsSource source, Stages stages) throws Exception {
        var settings = IpnConfig.from(source.read(), Path.of("data"));
        var scenarios = new Scenarios(
                "c" + Long.toString(Instant.now().getEpochSecond(), 36),
                Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS));
        var workload = Workload.create(
                new Workload.Plan(ipns, 0.3, 0.05, 0.05, actualSeed),
                scenarios,
                LoadCommand.senders(source),
                Instant.now());
        var done = new AtomicBoolean();
        var killer = new Thread(() -> killStages(new Random(actualSeed), stages, done), "killer");
        try (var client = new LoadClient(URI.create("http://127.0.0.1:" + port), connections)) {
            killer.start();
            // half of the orders are written after their payments
            var orders = workload.orders();
            CheckoutOrders.write(settings.kafka(), orders.subList(0, orders.size() / 2));
            var attempts = sendUntilAnswered(client, workload.calls());
            CheckoutOrders.write(settings.kafka(), orders.subList(orders.size() / 2, orders.size()));
            killer.join();
            done.set(true);
            var check = LoadCommand.awaitOutcomes(settings);
            var differences = new ArrayList<String>();
            if (!check.balanced() || check.waiting() > 0) {
                differences.add(
                        "conservation: not balanced, or %s records waiting".formatted(Long.toString(check.waiting())));
            }
            differences.addAll(new Oracle(settings.kafka(), workload).differences(client.acknowledgedAt()));
            differences.addAll(Revisions.gaps(settings.kafka()));
            var report = new LinkedHashMap<String, Object>();
            report.put("seed", actualSeed);
            report.put(
                    "kills",
                    Map.of(
                            "ingress",
                            stages.ingress().kills(),
                            "processor",
                            stages.processor().kills(),
                            "projector",
                            stages.projector().kills()));
            report.put("calls", workload.calls().size());
            report.put("attempts", attempts);
            report.put("statuses", client.statuses());
            report.put("raw", check.records());
            report.put("outcomes", check.outcomes());
            report.put("deadLetters", check.deadLetters());
            report.put("acknowledgementMillis", LoadCommand.percentiles(client.latencyMicros()));
            report.put("differences", differences.size());
            LoadCommand.print(report, differences);
            return differences.isEmpty() ? 0 : 1;
        }
    }

    /** Sends calls again until each is accepted or rejected, as gateways do. */
    private static int sendUntilAnswered(LoadClient client, List<IngressCall> calls) throws InterruptedException {
        var remaining = calls;
        var attempts = 0;
        while (!remaining.isEmpty()) {
            attempts += remaining.size();
            remaining = client.sendAndReturnUnanswered(remaining);
        }
        return attempts;
    }

    /** Kills each stage the configured number of times at random moments, and restarts it at once. */
    private void killStages(Random random, Stages stages, AtomicBoolean done) {
        var targets = new ArrayList<StageProcess>();
        for (var i = 0; i < kills; i++) {
            targets.add(stages.processor());
            targets.add(stages.projector());
        }
        for (var i = 0; i < ingressKills; i++) {
            targets.add(stages.ingress());
        }
        Collections.shuffle(targets, random);
        try {
            for (var target : targets) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(pauseMillis));
                if (done.get()) {
                    return;
                }
                System.err.println("kill -9 " + target);
                target.killAndRestart();
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
        // the many refunds of the workload must not engage the brake
        all.put("IPN_BRAKE_MAX", "1000000000");
        all.put("IPN_BRAKE_SHARE", "100");
        all.put("IPN_INGRESS_PORT", Integer.toString(port));
        all.put("IPN_MANAGEMENT_PORT", Integer.toString(port + 100));
        all.put("IPN_EMBEDDED_KAFKA_PORT", Integer.toString(port + 1));
        all.put("IPN_EMBEDDED_REGISTRY_PORT", Integer.toString(port + 2));
        all.put("IPN_EMBEDDED_STAND_IN_PORT", Integer.toString(port + 3));
        all.put(
                "IPN_GATEWAYS_PAYPAL_IPN_MAIN_VERIFY_URL",
                "http://127.0.0.1:%s/cgi-bin/webscr".formatted(Integer.toString(port + 3)));
        all.put("IPN_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + (port + 1));
        all.put("IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + (port + 2));
        return all;
    }

    private static void awaitOutput(StageProcess process, String line) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (process.output().lines().noneMatch(line::equals)) {
            if (!process.alive() || System.nanoTime() > deadline) {
                throw new IOException("%s did not start:%n%s".formatted(process, process.output()));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
