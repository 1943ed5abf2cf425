package ipn.bench.growth;

import ipn.app.IpnConfig;
import ipn.avro.Order;
import ipn.bench.feed.FeedMeter;
import ipn.bench.feed.FeedRound;
import ipn.bench.feed.RawRecordBuilder;
import ipn.bench.load.CheckoutOrders;
import ipn.bench.load.IngressCall;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.MixedScenarios;
import ipn.bench.load.Oracle;
import ipn.bench.load.Scenarios;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.Workload;
import ipn.bench.measure.StagesIdle;
import ipn.simulator.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A pipeline that is measured without its ingress: rounds of raw records, each compared with what is expected. */
final class MeasuredPipeline implements AutoCloseable {
    private static final StagesIdle.Pace ORDERS = new StagesIdle.Pace(Duration.ofMillis(100), Duration.ofSeconds(1));
    private static final Duration RESTORED = Duration.ofHours(1);
    private static final int RADIX = 36;
    private static final int TAG_LENGTH = 9;

    private final SeparateStages stages;
    private final IpnConfig settings;
    private final Map<String, Sender> senders;
    private final RawRecordBuilder builder;
    private final Instant start;
    private final long run = Instant.now().getEpochSecond();
    private final List<String> differences = new ArrayList<>();
    private SortedMap<String, Double> idle = new TreeMap<>();
    private long tags;

    private MeasuredPipeline(SeparateStages stages) {
        this.stages = stages;
        this.settings = stages.settings();
        this.senders = LoadCommand.senders(stages.source());
        this.builder = RawRecordBuilder.of(settings);
        this.start = Scenarios.recentStart();
    }

    /** @param port the ports of all processes follow it */
    static MeasuredPipeline start(Path data, int port) throws IOException, InterruptedException {
        var stages = SeparateStages.start(data, port);
        try {
            stages.awaitReady();
            return new MeasuredPipeline(stages);
        } catch (IOException e) {
            stages.close();
            throw e;
        }
    }

    /** A part of ids that nothing else in this pipeline has; all are of the same length. */
    String newTag() {
        tags++;
        var number = Long.toString(run * 100_000 + tags, RADIX);
        return "g" + "0".repeat(Math.max(0, TAG_LENGTH - number.length())) + number;
    }

    /** The scenarios of a tag. */
    Scenarios scenarios(String tag) {
        return new Scenarios(tag, start);
    }

    Map<String, Sender> senders() {
        return senders;
    }

    /**
     * A mixed round about payments that are new, and some calls about older ones.
     *
     * @param tag of the new payments
     * @param notifications all of them
     * @param older calls whose expected result is not compared; at most as many as notifications
     */
    FeedRound mixed(String tag, int notifications, List<IngressCall> older, long seed)
            throws InterruptedException, ExecutionException {
        var workload = Workload.create(
                new Workload.Plan(notifications - older.size(), 0, 0, 0, seed),
                new MixedScenarios(scenarios(tag))::scenario,
                senders,
                Instant.now());
        write(workload.orders());
        var reader = Oracle.fromNow(settings.kafka());
        var calls = new ArrayList<>(workload.calls());
        calls.addAll(older);
        Collections.shuffle(calls, new Random(seed));
        var round = measure(records(calls));
        differences.addAll(new Oracle(settings.kafka(), workload, reader).differences(Map.of()));
        return round;
    }

    /** Writes orders, and waits until they are processed, so that they are a part of no round. */
    void write(List<Order> orders) throws InterruptedException, ExecutionException {
        CheckoutOrders.write(settings.kafka(), orders);
        try (var idle = LoadCommand.stagesIdle(settings, ORDERS)) {
            if (!idle.await(topics -> {})) {
                differences.add("orders: not processed, and without progress for two minutes");
            }
        }
    }

    /** The raw records of calls. */
    List<ProducerRecord<byte[], byte[]>> records(Collection<IngressCall> calls) {
        var now = Instant.now();
        return calls.stream()
                .flatMap(call -> builder.records(call, now).stream())
                .toList();
    }

    /** Writes records, and waits until all are processed. */
    FeedRound measure(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException, ExecutionException {
        var round = meter().measure(records, idle);
        System.err.printf(
                "  %,d records, %.0f per second, %.3f processor ms each%n",
                round.records(), round.rate(), round.processorMillis());
        return round;
    }

    /** Measures what the processes use when nothing is written. */
    void measureIdle() throws InterruptedException {
        idle = meter().idle();
    }

    private FeedMeter meter() {
        return new FeedMeter(settings, stages.brokerRecords(), processes());
    }

    /** The processes whose work depends on the state: not the ingress and not the registry. */
    private Map<String, Long> processes() {
        try {
            var measured = new TreeMap<>(stages.processIds());
            measured.keySet().retainAll(List.of("processor", "projector", "broker"));
            return measured;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the stages, runs a step, and starts them again; does not wait until they are ready. */
    void whileStopped(Runnable step) throws IOException {
        stages.stopStages();
        step.run();
        stages.startStagesAgain();
    }

    /** Waits until the stages are ready, and have restored their state. */
    void awaitReady() throws IOException {
        stages.awaitReady(RESTORED);
    }

    IpnConfig settings() {
        return settings;
    }

    List<String> applications() {
        return List.of(
                settings.processor().configuration().applicationId(),
                settings.projector().configuration().applicationId());
    }

    /** Everything that differs from what was expected, so far. */
    List<String> differences() {
        return differences;
    }

    @Override
    public void close() {
        stages.close();
    }
}
