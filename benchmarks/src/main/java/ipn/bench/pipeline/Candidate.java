package ipn.bench.pipeline;

import ipn.app.IpnConfig;
import ipn.bench.load.CheckoutOrders;
import ipn.bench.load.EntitlementArrivals;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.MixedScenarios;
import ipn.bench.load.Oracle;
import ipn.bench.load.Scenarios;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.Workload;
import ipn.bench.measure.CommittedRecords;
import ipn.bench.measure.StagesIdle;
import ipn.simulator.Sender;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Rounds of the pipeline: signed notifications over HTTP, until the projector is idle.
 *
 * @param rate calls per second; 0: as fast as the connections allow
 */
record Candidate(IpnConfig settings, Map<String, Sender> senders, URI url, int connections, int rate, Meter meter) {
    /** Rare requests, so that waiting costs little; the end of a round is late by at most one interval. */
    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(100), Duration.ofSeconds(2));

    static Candidate start(SeparateStages stages, int connections, int rate, Meter meter) {
        return new Candidate(
                stages.settings(), LoadCommand.senders(stages.source()), stages.url(), connections, rate, meter);
    }

    /**
     * One round and what it has left in the topics.
     *
     * @param differences from the expected results, as text
     */
    record Result(Round round, RawRecords raw, List<String> differences) {}

    /** @param tag part of each id, different in each round */
    Result run(int notifications, String tag, long seed) throws Exception {
        var start = Scenarios.recentStart();
        var workload = Workload.create(
                new Workload.Plan(notifications, 0, 0, 0, seed),
                new MixedScenarios(new Scenarios(tag, start))::scenario,
                senders,
                Instant.now());
        var reader = Oracle.fromNow(kafka());
        var differences = new ArrayList<String>();
        try (var client = new LoadClient(url, connections);
                var arrivals = EntitlementArrivals.start(kafka());
                var idle = LoadCommand.stagesIdle(settings, PACE)) {
            if (rate > 0) {
                CheckoutOrders.write(kafka(), workload.orders());
                await(idle, topics -> {}, differences);
            }
            var round = meter.measure(
                    Side.CANDIDATE, workload.calls().size(), () -> send(workload, client, arrivals, idle, differences));
            differences.addAll(LoadCommand.unexpectedStatuses(client));
            differences.addAll(new Oracle(kafka(), workload, reader).differences(client.acknowledgedAt()));
            var raw = raw(tag, reader);
            if (raw.count() != workload.calls().size()) {
                differences.add("%s raw records (expected: %s)"
                        .formatted(
                                Integer.toString(raw.count()),
                                Integer.toString(workload.calls().size())));
            }
            return new Result(round, raw, differences);
        }
    }

    private Timing send(
            Workload workload,
            LoadClient client,
            EntitlementArrivals arrivals,
            StagesIdle idle,
            List<String> differences)
            throws InterruptedException, ExecutionException {
        if (rate == 0) {
            // without waiting: what the orders cost is a part of the round
            CheckoutOrders.write(kafka(), workload.orders());
        }
        var begin = System.nanoTime();
        if (rate > 0) {
            client.sendAtRateUntilAnswered(rate, workload.calls());
        } else {
            client.sendAllUntilAnswered(workload.calls());
        }
        var sent = System.nanoTime();
        var last = new LastChange(meter, Set.of(kafka().topics().name(TopicCatalogue.NOTIFICATIONS)));
        await(idle, last, differences);
        System.err.printf(
                Locale.ROOT,
                "sent after %.1f s; last written: %s%n",
                Timing.secondsBetween(begin, sent),
                String.join(", ", last.topics()));
        var latencies = new Round.Latencies(
                client.latencyMicros(), arrivals.microsSince(client.acknowledgedAt(), workload.calls()));
        return last.timing(begin, sent, rate > 0 ? Optional.of(latencies) : Optional.empty());
    }

    private static void await(StagesIdle idle, Consumer<Set<String>> onChange, List<String> differences)
            throws InterruptedException, ExecutionException {
        if (!idle.await(onChange)) {
            differences.add("stages: not idle, and without progress for two minutes");
        }
    }

    private RawRecords raw(String tag, CommittedRecords reader) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        reader.read(TopicCatalogue.RAW, records::add);
        return new RawRecords(records, tag);
    }

    private KafkaSettings kafka() {
        return settings.kafka();
    }
}
