package ipn.bench.growth;

import ipn.bench.compare.Pairs;
import ipn.bench.feed.FeedRound;
import ipn.bench.load.MixedScenarios;
import ipn.bench.load.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Notifications that are new, and the same once more. */
final class DuplicateRounds {
    private final MeasuredPipeline pipeline;
    private final GrowthPlan plan;
    private List<ProducerRecord<byte[], byte[]>> newest = List.of();

    /** Which of them. */
    enum Side {
        UNIQUE,
        DUPLICATE
    }

    DuplicateRounds(MeasuredPipeline pipeline, GrowthPlan plan) {
        this.pipeline = pipeline;
        this.plan = plan;
    }

    Pairs<Side, FeedRound> run() throws InterruptedException, ExecutionException {
        System.err.println("duplicates: warm-up ...");
        unique(0);
        pipeline.measure(newest);
        pipeline.measureIdle();
        System.err.println("rounds ...");
        var pairs = new ArrayList<Map<Side, FeedRound>>();
        for (var order : Pairs.orders(List.of(Side.UNIQUE, Side.DUPLICATE), plan.pairs())) {
            var pair = new EnumMap<Side, FeedRound>(Side.class);
            for (var side : order) {
                pair.put(side, side == Side.UNIQUE ? unique(pairs.size() + 1) : pipeline.measure(newest));
            }
            pairs.add(pair);
        }
        return new Pairs<>(pairs);
    }

    private FeedRound unique(long seed) throws InterruptedException, ExecutionException {
        var workload = Workload.create(
                new Workload.Plan(plan.notifications(), 0, 0, 0, seed),
                new MixedScenarios(pipeline.scenarios(pipeline.newTag()))::scenario,
                pipeline.senders(),
                Instant.now());
        pipeline.write(workload.orders());
        newest = pipeline.records(workload.calls());
        return pipeline.measure(newest);
    }
}
