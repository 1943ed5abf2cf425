package ipn.bench.restart;

import ipn.bench.load.EntitlementArrivals;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.Workload;
import ipn.polling.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Kills processor and projector while purchases arrive.
 *
 * @param rate purchases per second
 */
record KilledStages(SeparateStages stages, int rate) {
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /**
     * Seconds from the kill.
     *
     * @param processor until the processor is ready, with its state restored
     * @param projector until the projector is
     * @param flowing until the last entitlement that was delayed by the kill is readable
     * @param differences purchases without an entitlement, and unexpected responses
     */
    record Restart(double processor, double projector, double flowing, List<String> differences) {}

    /** @param purchases as many as arrive until entitlements must flow */
    Restart run(Workload purchases) throws Exception {
        try (var client = new LoadClient(stages.url(), 1);
                var arrivals = EntitlementArrivals.start(stages.settings().kafka())) {
            var sending = CompletableFuture.runAsync(() -> send(client, purchases));
            TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
            var killedAt = System.nanoTime();
            stages.processor().kill();
            stages.projector().kill();
            stages.processor().startAgain();
            stages.projector().startAgain();
            var processor = secondsUntil(() -> stages.awaitReady(SeparateStages.PROCESSOR), killedAt);
            var projector = secondsUntil(() -> stages.awaitReady(SeparateStages.PROJECTOR), killedAt);
            var restart = new double[] {processor.join(), projector.join()};
            sending.join();
            var differences = new ArrayList<>(LoadCommand.unexpectedStatuses(client));
            awaitAll(client.acknowledgedAt(), arrivals, differences);
            var flowing = DelayedProbes.seconds(client.acknowledgedAt(), arrivals.readableAt(), killedAt);
            return new Restart(restart[0], restart[1], flowing, differences);
        }
    }

    private void send(LoadClient client, Workload purchases) {
        try {
            client.sendAtRateUntilAnswered(rate, purchases.calls());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Ready {
        void await() throws IOException;
    }

    private static CompletableFuture<Double> secondsUntil(Ready ready, long since) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                ready.await();
                return (System.nanoTime() - since) / 1e9;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void awaitAll(
            Map<String, Long> acknowledged, EntitlementArrivals arrivals, List<String> differences) {
        var readable = arrivals.readableAt();
        if (!Polling.upTo(TIMEOUT).until(() -> readable.keySet().containsAll(acknowledged.keySet()))) {
            acknowledged.keySet().stream()
                    .filter(event -> !readable.containsKey(event))
                    .forEach(event -> differences.add(event + ": no entitlement"));
        }
    }
}
