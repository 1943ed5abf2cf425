package ipn.bench.growth;

import ipn.bench.compare.Pairs;
import ipn.bench.feed.FeedRound;
import ipn.bench.load.IngressCall;
import ipn.bench.load.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** First deliveries of payments, and the last of payments that have many. */
final class HistoryRounds {
    /** Deliveries of each long payment in one round. */
    private static final int DELIVERIES = 5;

    private final MeasuredPipeline pipeline;
    private final GrowthPlan plan;
    private final LongHistory payments;
    private int delivered;

    /** Which deliveries. */
    enum Side {
        FIRST,
        LAST
    }

    HistoryRounds(MeasuredPipeline pipeline, GrowthPlan plan) {
        this.pipeline = pipeline;
        this.plan = plan;
        this.payments = history(pipeline);
    }

    private static LongHistory history(MeasuredPipeline pipeline) {
        return new LongHistory(
                pipeline.newTag(), Objects.requireNonNull(pipeline.senders().get("stripe")), Scenarios.recentStart());
    }

    Pairs<Side, FeedRound> run() throws Exception {
        System.err.printf(
                "history: %,d payments with %d deliveries ...%n",
                plan.longPayments(), plan.history() - plan.pairs() * DELIVERIES);
        while (delivered < plan.history() - plan.pairs() * DELIVERIES) {
            last();
        }
        first();
        pipeline.measureIdle();
        System.err.println("rounds ...");
        return Pairs.measure(
                List.of(Side.FIRST, Side.LAST), plan.pairs(), side -> side == Side.FIRST ? first() : last());
    }

    /** As many payments as there are deliveries in the other rounds, each with its first delivery. */
    private FeedRound first() throws InterruptedException, ExecutionException {
        var others = history(pipeline);
        var calls = new ArrayList<IngressCall>();
        for (var payment = 0; payment < plan.longPayments() * DELIVERIES; payment++) {
            calls.add(others.call(payment, 0));
        }
        return pipeline.measure(pipeline.records(calls));
    }

    private FeedRound last() throws InterruptedException, ExecutionException {
        var calls = new ArrayList<IngressCall>();
        for (var i = 0; i < DELIVERIES; i++) {
            for (var payment = 0; payment < plan.longPayments(); payment++) {
                calls.add(payments.call(payment, delivered));
            }
            delivered++;
        }
        return pipeline.measure(pipeline.records(calls));
    }
}
