package ipn.bench.memory;

import ipn.app.IpnConfig;
import ipn.bench.load.CheckoutOrders;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.MixedScenarios;
import ipn.bench.load.Oracle;
import ipn.bench.load.RunTag;
import ipn.bench.load.Scenarios;
import ipn.bench.load.Workload;
import ipn.bench.measure.StagesIdle;
import ipn.simulator.Sender;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Notifications at full speed in parts, each of which is processed and compared with the expected results before the next.
 *
 * @param senders of the gateways
 */
record ChunkedLoad(IpnConfig settings, Map<String, Sender> senders, URI url, int connections) {
    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final int CHUNK = 10_000;

    /**
     * Sends notifications.
     *
     * @param processed receives the number of processed notifications after each part
     * @return what differs from the expected results
     */
    List<String> send(int notifications, IntConsumer processed) throws Exception {
        var differences = new ArrayList<String>();
        var run = RunTag.now();
        for (var done = 0; done < notifications; ) {
            var count = Math.min(CHUNK, notifications - done);
            var start = Scenarios.recentStart();
            var scenarios = new MixedScenarios(new Scenarios("m" + run + "c" + done / CHUNK + "x", start));
            differences.addAll(send(Workload.create(
                    new Workload.Plan(count, 0, 0, 0, done + 1L), scenarios::scenario, senders, Instant.now())));
            done += count;
            System.err.printf("  %,d of %,d notifications%n", done, notifications);
            processed.accept(done);
        }
        LoadCommand.conservation(settings, differences);
        return differences;
    }

    private List<String> send(Workload workload) throws Exception {
        var reader = Oracle.fromNow(settings.kafka());
        try (var client = new LoadClient(url, connections)) {
            CheckoutOrders.write(settings.kafka(), workload.orders());
            client.sendAllUntilAnswered(workload.calls());
            var differences = new ArrayList<>(LoadCommand.unexpectedStatuses(client));
            LoadCommand.awaitIdle(settings, PACE, topics -> {}, differences);
            differences.addAll(new Oracle(settings.kafka(), workload, reader).differences(client.acknowledgedAt()));
            return differences;
        }
    }
}
