package ipn.bench.chaos;

import ipn.bench.chaos.Round.Healed;
import ipn.bench.load.CheckoutOrders;
import ipn.bench.load.IpnCommand;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.Oracle;
import ipn.bench.load.RunTag;
import ipn.bench.load.Scenarios;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.Workload;
import ipn.bench.measure.CommittedRecords;
import ipn.bench.measure.StagesIdle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Loads a pipeline, inflicts faults meanwhile, waits until it has healed, and asks the oracle. */
final class Rounds implements AutoCloseable {
    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(300), Duration.ofSeconds(6));
    private static final int CONNECTIONS = 32;
    private static final int BETWEEN_MILLIS_MAX = 2_000;

    private final SeparateStages stages;
    private final Injector injector;
    private final Probe probe;
    private final int ipns;
    private final int rate;
    private final SettingsFile settings;
    private final IpnCommand command;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private CommittedRecords newest;

    /**
     * Begins.
     *
     * @param settings file of the pipeline
     * @param folder for what commands print
     * @param ipns authentic notifications of a round
     * @param rate calls per second
     */
    Rounds(SeparateStages stages, Injector injector, SettingsFile settings, Path folder, int ipns, int rate)
            throws InterruptedException {
        this.stages = stages;
        this.injector = injector;
        this.settings = settings;
        command = new IpnCommand(stages, folder);
        this.ipns = ipns;
        this.rate = rate;
        probe = new Probe(stages);
        newest = CommittedRecords.ofAll(stages.settings().kafka());
    }

    /** One round; its oracle reads only what came after its begin. */
    Round run(long seed, List<Fault> faults) throws IOException, InterruptedException, ExecutionException {
        var config = stages.settings();
        var kafka = config.kafka();
        var scenarios = new Scenarios("c%d%s".formatted(seed, RunTag.now()), Scenarios.recentStart());
        var workload = Workload.create(
                new Workload.Plan(ipns, 0.3, 0.05, 0.05, seed),
                scenarios::scenario,
                LoadCommand.senders(stages.source()),
                Instant.now());
        var reader = CommittedRecords.fromNow(kafka, Invariants.TOPICS);
        var orders = workload.orders();
        // half of the orders are written after their payments
        CheckoutOrders.write(kafka, orders.subList(0, orders.size() / 2));
        var differences = new ArrayList<String>();
        try (var client = new LoadClient(stages.url(), CONNECTIONS)) {
            var load = threads.submit(() -> client.sendAtRateUntilAnswered(rate, workload.calls()));
            var operator = Operator.ofRound(seed).at(new Desk(command, seed + RunTag.now()), settings);
            operator.prepare();
            var clockIsRight = new CompletableFuture<Void>();
            var decisions = threads.submit(() -> {
                if (faults.stream().anyMatch(Fault::stepsClock)) {
                    clockIsRight.get();
                }
                operator.work(new Random(seed));
                return null;
            });
            var healed = inflict(faults, new Random(seed), differences);
            clockIsRight.complete(null);
            var resent = load.get();
            decisions.get();
            CheckoutOrders.write(kafka, orders.subList(orders.size() / 2, orders.size()));
            LoadCommand.awaitIdle(config, PACE, topics -> {}, differences);
            differences.addAll(LoadCommand.unexpectedStatusesUnderFaults(client));
            differences.addAll(new Oracle(kafka, workload, reader).differences(client.acknowledgedAt()));
            var invariants = Invariants.of(kafka, reader);
            differences.addAll(invariants.differences());
            differences.addAll(operator.differences(kafka, reader));
            newest = reader;
            return new Round(
                    seed,
                    healed,
                    Operator.ofRound(seed),
                    operator.done(),
                    workload.calls().size(),
                    resent,
                    invariants.rawRecords(),
                    differences);
        }
    }

    private List<Healed> inflict(List<Fault> faults, Random random, List<String> differences)
            throws IOException, InterruptedException {
        var healed = new ArrayList<Healed>();
        for (var fault : faults) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(BETWEEN_MILLIS_MAX));
            System.err.println("  " + fault);
            injector.inflict(fault, random);
            var ended = new ArrayList<String>();
            var took = probe.untilEntitled(() -> ended.addAll(startEnded()));
            if (!fault.mayEndStages()) {
                ended.forEach(stage -> differences.add("%s: %s had ended by itself".formatted(fault, stage)));
            }
            if (took.isEmpty()) {
                differences.add("%s: no purchase was entitled within %s".formatted(fault, Probe.PATIENCE));
            }
            healed.add(new Healed(fault, took.orElse(Probe.PATIENCE).toMillis() / 1_000.0, ended.size()));
        }
        return healed;
    }

    private List<String> startEnded() {
        try {
            var ended = stages.startEnded();
            ended.forEach(stage -> System.err.printf("    %s had ended, and is started again%n", stage));
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plants each kind of error in the records of the newest round, and returns those that the oracle does not find. */
    List<String> missed() {
        var kafka = stages.settings().kafka();
        return Arrays.stream(Planted.Kind.values())
                .filter(kind -> Invariants.of(kafka, new Planted(kind, newest))
                        .differences()
                        .isEmpty())
                .map(kind -> "oracle: does not find what is %s (planted)"
                        .formatted(kind.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        probe.close();
    }
}
