package ipn.bench.load;

import ipn.bench.measure.Revisions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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
        System.err.printf("seed %s, data %s%n", Long.toString(actualSeed), data);
        try (var stages = SeparateStages.start(data, port)) {
            return run(actualSeed, stages);
        }
    }

    private Integer run(long actualSeed, SeparateStages stages) throws Exception {
        var settings = stages.settings();
        var scenarios = new Scenarios("c" + RunTag.now(), Scenarios.recentStart());
        var workload = Workload.create(
                new Workload.Plan(ipns, 0.3, 0.05, 0.05, actualSeed),
                scenarios::scenario,
                LoadCommand.senders(stages.source()),
                Instant.now());
        var done = new AtomicBoolean();
        var killer = new Thread(() -> killStages(new Random(actualSeed), stages, done), "killer");
        try (var client = new LoadClient(URI.create("http://127.0.0.1:" + port), connections)) {
            killer.start();
            // half of the orders are written after their payments
            var orders = workload.orders();
            CheckoutOrders.write(settings.kafka(), orders.subList(0, orders.size() / 2));
            var resent = client.sendAllUntilAnswered(workload.calls());
            CheckoutOrders.write(settings.kafka(), orders.subList(orders.size() / 2, orders.size()));
            killer.join();
            done.set(true);
            var differences = new ArrayList<String>();
            var check = LoadCommand.awaitOutcomes(settings, differences);
            if (client.unanswered() > 0) {
                differences.add("calls: %s without an answer".formatted(Integer.toString(client.unanswered())));
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
            report.put("attempts", workload.calls().size() + resent);
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

    /** Kills each stage the configured number of times at random moments, and restarts it at once. */
    private void killStages(Random random, SeparateStages stages, AtomicBoolean done) {
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
}
