package ipn.bench.growth;

import ipn.bench.compare.Pairs;
import ipn.bench.feed.FeedRound;
import ipn.bench.load.MixedScenarios;
import ipn.bench.load.Workload;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Notifications that are new, and the same once more. */
final class DuplicateRounds {
    private final MeasuredPipeline pipeline;
    private final GrowthPlan plan;
    private List<ProducerRecord<byte[], byte[]>> newest = List.of();
    private long seed;

    /** Which of them. */
    enum Side {
        UNIQUE,
        DUPLICATE
    }

    DuplicateRounds(MeasuredPipeline pipeline, GrowthPlan plan) {
        this.pipeline = pipeline;
        this.plan = plan;
    }

    Pairs<Side, FeedRound> run() throws Exception {
        System.err.println("duplicates: warm-up ...");
        unique();
        pipeline.measure(newest);
        pipeline.measureIdle();
        System.err.println("rounds ...");
        return Pairs.measure(
                List.of(Side.UNIQUE, Side.DUPLICATE),
                plan.pairs(),
                side -> side == Side.UNIQUE ? unique() : pipeline.measure(newest));
    }

    private FeedRound unique() throws InterruptedException, ExecutionException {
        var workload = Workload.create(
                new Workload.Plan(plan.notifications(), 0, 0, 0, seed++),
                new MixedScenarios(pipeline.scenarios(pipeline.newTag()))::scenario,
                pipeline.senders(),
                Instant.now());
        pipeline.write(workload.orders());
        newest = pipeline.records(workload.calls());
        return pipeline.measure(newest);
    }
}
