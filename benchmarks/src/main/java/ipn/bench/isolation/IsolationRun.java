package ipn.bench.isolation;

import ipn.app.IpnConfig;
import ipn.bench.feed.RawFeed;
import ipn.bench.feed.RawRecordBuilder;
import ipn.bench.load.CheckoutOrders;
import ipn.bench.load.IngressCall;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.Scenarios;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.EntitlementChanges;
import ipn.bench.measure.ProgressWait;
import ipn.bench.measure.StagesIdle;
import ipn.operations.brake.Brake;
import ipn.simulator.Sender;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Runs phases without and with refunds against a running pipeline. */
final class IsolationRun implements AutoCloseable {
    static final String REFUNDED_GATEWAY = "stripe";

    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(250), Duration.ofSeconds(2));
    private static final int BUYERS = 16;
    private static final int STRIPES_CONNECTIONS = 64;

    private final Plan plan;
    private final IpnConfig settings;
    private final URI url;
    private final Map<String, Sender> senders;
    private final EntitlementChanges changes;
    private final List<Storm> storms = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private int started;

    /**
     * The size of a run.
     *
     * @param tag part of every id, different in each run
     * @param refunds in each phase that has some
     * @param seconds of each phase
     * @param purchasesPerSecond of other users, in all phases
     */
    record Plan(String tag, int refunds, List<String> refundEvents, int seconds, int purchasesPerSecond) {}

    IsolationRun(Plan plan, SeparateStages stages) throws InterruptedException {
        this.plan = plan;
        this.settings = stages.settings();
        this.url = stages.url();
        this.senders = LoadCommand.senders(stages.source());
        this.changes = new EntitlementChanges(settings.kafka());
    }

    /** Starts what starts late, such as compilers: purchases and refunds that are not measured. */
    void warmUp(int purchases) throws Exception {
        var refunded = refunded(purchases / 2);
        buy(refunded);
        phase(purchases(purchases), refunded.refunds(), purchases / plan.seconds() + 1);
        awaitIdle();
    }

    /** A phase without refunds. */
    Phase quiet() throws Exception {
        return phase(purchases(plan.seconds() * plan.purchasesPerSecond()), List.of(), plan.purchasesPerSecond());
    }

    /** Purchases that are granted first, then a phase in which all of them are refunded while others buy. */
    Phase storm() throws Exception {
        var refunded = refunded(plan.refunds());
        buy(refunded);
        var purchases = purchases(plan.seconds() * plan.purchasesPerSecond());
        return phase(purchases, refunded.refunds(), plan.purchasesPerSecond());
    }

    private RefundedPurchases refunded(int count) {
        return new RefundedPurchases(scenarios(), senders, REFUNDED_GATEWAY, count, plan.refundEvents());
    }

    private OtherPurchases purchases(int count) {
        return OtherPurchases.create(count, scenarios(), senders);
    }

    /** Scenarios whose ids no other phase has. */
    private Scenarios scenarios() {
        started++;
        return new Scenarios("i" + plan.tag() + "p" + started, Scenarios.recentStart());
    }

    private void buy(RefundedPurchases refunded) throws InterruptedException, ExecutionException {
        ProgressWait.announce("%d purchases are granted, to be refunded".formatted(refunded.count()));
        var builder = RawRecordBuilder.of(settings);
        try (var feed = RawFeed.open(settings.kafka(), builder.topic())) {
            for (var call : refunded.purchases()) {
                feed.send(builder.records(call, Instant.now()));
            }
            feed.flush();
        }
        awaitIdle();
    }

    private Phase phase(OtherPurchases purchases, List<IngressCall> refunds, int rate) throws Exception {
        CheckoutOrders.write(settings.kafka(), purchases.orders());
        awaitIdle();
        try (var buyers = new LoadClient(url, BUYERS);
                var gateway = new LoadClient(url, STRIPES_CONNECTIONS)) {
            var began = System.nanoTime();
            var storm = CompletableFuture.supplyAsync(() -> send(refunds, gateway));
            buyers.sendAtRateUntilAnswered(rate, purchases.calls());
            var sent = storm.get();
            if (!refunds.isEmpty()) {
                var last = awaitIdle();
                storms.add(new Storm(refunds.size(), sent.seconds(), sent.resent(), (last - began) / 1e9));
            }
            var granted = changes.grantedAt().keySet();
            ProgressWait.whileProgressing(
                    "all purchases are granted",
                    () -> (int) purchases.calls().stream()
                            .filter(call -> granted.contains(call.eventKey()))
                            .count(),
                    purchases.calls().size());
            differences.addAll(LoadCommand.unexpectedStatuses(buyers));
            differences.addAll(LoadCommand.unexpectedStatuses(gateway));
            var phase = Phase.of(
                    buyers.latencyMicros(),
                    purchases.calls(),
                    buyers.acknowledgedAt(),
                    changes.grantedAt(),
                    call -> call.gateway().equals(REFUNDED_GATEWAY));
            if (phase.missing() > 0) {
                differences.add("purchases: %d without an entitlement (expected: none)".formatted(phase.missing()));
            }
            return phase;
        }
    }

    private record Sent(double seconds, int resent) {}

    private Sent send(List<IngressCall> refunds, LoadClient gateway) {
        if (refunds.isEmpty()) {
            return new Sent(0, 0);
        }
        try {
            var began = System.nanoTime();
            var resent = gateway.sendAtRateUntilAnswered(Math.max(1, refunds.size() / plan.seconds()), refunds);
            return new Sent((System.nanoTime() - began) / 1e9, resent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Returns when the stages had done the last of their work, by {@link System#nanoTime()}. */
    private long awaitIdle() throws InterruptedException, ExecutionException {
        var last = new long[] {System.nanoTime()};
        LoadCommand.awaitIdle(settings, PACE, topics -> last[0] = System.nanoTime(), differences);
        return last[0];
    }

    /** Checks that the brake has let no more pass than it may, and that each refund is a revocation or withheld. */
    void checkBrake() {
        var refunds = storms.stream().mapToLong(Storm::refunds).sum();
        var brake = new Brake(settings.kafka(), settings.kafka().serdes(), Clock.systemUTC());
        var max = settings.projector().safeguards().brake().max();
        var complete = ProgressWait.within(
                "each refund is emitted as a revocation or withheld",
                () -> brake.status().total().withheld() + changes.revoked().size() == refunds);
        var revoked = changes.revoked().size();
        if (!complete) {
            differences.add("refunds: %d revoked and %d withheld (expected: %d in total)"
                    .formatted(revoked, brake.status().total().withheld(), refunds));
        }
        if (revoked > max) {
            differences.add("revoked: %d (expected: at most %d, the limit of the brake)".formatted(revoked, max));
        }
    }

    /** The refunds of the measured phases. */
    List<Storm> measuredStorms() {
        return List.copyOf(storms.subList(1, storms.size()));
    }

    /** How many purchases were revoked. */
    int revoked() {
        return changes.revoked().size();
    }

    IpnConfig settings() {
        return settings;
    }

    List<String> differences() {
        return differences;
    }

    @Override
    public void close() {
        changes.close();
    }
}
