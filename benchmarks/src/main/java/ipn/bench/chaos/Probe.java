package ipn.bench.chaos;

import ipn.bench.load.EntitlementArrivals;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.RunTag;
import ipn.bench.load.Scenarios;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.Workload;
import ipn.polling.Polling;
import ipn.simulator.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Finds out how long it takes until purchases are entitled again. */
final class Probe implements AutoCloseable {
    /** After so long without an entitlement the pipeline has not healed. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, Sender> senders;
    private final LoadClient client;
    private final EntitlementArrivals arrivals;
    private int probes;

    Probe(SeparateStages stages) throws InterruptedException {
        senders = LoadCommand.senders(stages.source());
        client = new LoadClient(stages.url(), 1);
        arrivals = EntitlementArrivals.start(stages.settings().kafka());
    }

    /**
     * Buys something, and waits until a committed reader has read the entitlement; empty if that takes too long.
     *
     * @param supervisor starts stages again that have ended
     */
    Optional<Duration> untilEntitled(Runnable supervisor) throws InterruptedException {
        var began = System.nanoTime();
        var scenario = new Scenarios("probe%d%s".formatted(probes++, RunTag.now()), Scenarios.recentStart())
                .withoutOrders()
                .scenario(0);
        var calls = Workload.calls(scenario, senders, Instant.now());
        var unused = client.sendAllUntilAnswered(calls);
        var paid = calls.get(calls.size() - 1).eventKey();
        var entitled = Polling.upTo(PATIENCE).every(Duration.ofMillis(20)).until(() -> {
            supervisor.run();
            return arrivals.readableAt().containsKey(paid);
        });
        return entitled ? Optional.of(Duration.ofNanos(System.nanoTime() - began)) : Optional.empty();
    }

    @Override
    public void close() {
        arrivals.close();
        client.close();
    }
}
