package ipn.bench.growth;

import ipn.bench.compare.Pairs;
import ipn.bench.feed.FeedRound;
import ipn.bench.load.IngressCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Two pipelines beside each other: one with few payments, one with many. Their rounds alternate. Of each round, a part is refunds of payments
 * that are stored already: of any of the many, or of those of the round before.
 */
final class SizeRounds implements AutoCloseable {
    private static final int OLD_PERCENT = 4;
    private static final int KINDS = 20;
    /** More than any scenario of the mix has on average. */
    private static final int CALLS_PER_SCENARIO = 3;

    private final MeasuredPipeline small;
    private final MeasuredPipeline large;
    private final GrowthPlan plan;
    private final List<String> copied = new ArrayList<>();
    private final Random random = new Random(1);
    private @Nullable String lastOfSmall;
    private @Nullable StateCopies copies;

    /** Which of the two. */
    enum Side {
        SMALL,
        LARGE
    }

    /**
     * The rounds at one size.
     *
     * @param payments stored in the large pipeline
     * @param restoreSeconds until its stages were ready after these were written
     */
    record Result(long payments, double restoreSeconds, Pairs<Side, FeedRound> pairs) {}

    private SizeRounds(MeasuredPipeline small, MeasuredPipeline large, GrowthPlan plan) {
        this.small = small;
        this.large = large;
        this.plan = plan;
    }

    static SizeRounds start(Path data, int port, int otherPort, GrowthPlan plan)
            throws IOException, InterruptedException {
        var small = MeasuredPipeline.start(data.resolve("small"), port);
        try {
            return new SizeRounds(small, MeasuredPipeline.start(data.resolve("large"), otherPort), plan);
        } catch (IOException | InterruptedException e) {
            small.close();
            throw e;
        }
    }

    /** Fills the large pipeline up to a number of payments, and measures both. */
    Result at(long payments) throws Exception {
        var sample = sample();
        var began = System.nanoTime();
        fill(sample, payments);
        small.whileStopped(() -> {});
        large.awaitReady();
        var restored = (System.nanoTime() - began) / 1e9;
        small.awaitReady();
        System.err.printf("%,d payments: ready after %.0f s; warm-up ...%n", payments, restored);
        for (var side : Side.values()) {
            warmUp(side);
        }
        System.err.println("rounds ...");
        var pairs = Pairs.measure(List.of(Side.SMALL, Side.LARGE), plan.pairs(), this::round);
        return new Result(payments, restored, pairs);
    }

    /** States that the stages have written themselves. */
    private StateCopies sample() throws InterruptedException, ExecutionException {
        if (copies == null) {
            System.err.println("sample ...");
            var tag = large.newTag();
            large.mixed(tag, plan.sample(), List.of(), 0);
            copies = StateCopies.read(large.settings().kafka(), large.applications(), tag);
        }
        return copies;
    }

    private void fill(StateCopies sample, long payments) throws IOException {
        var each = sample.count("payments");
        var tags = new ArrayList<String>();
        while ((copied.size() + tags.size()) * (long) each < payments) {
            tags.add(large.newTag());
        }
        System.err.printf("%,d payments: writing %,d copies of %,d ...%n", payments, tags.size(), each);
        large.whileStopped(() -> sample.write(tags));
        copied.addAll(tags);
    }

    private void warmUp(Side side) throws InterruptedException, ExecutionException {
        var pipeline = pipeline(side);
        for (var i = 0; i < plan.warmUpRounds(); i++) {
            var tag = pipeline.newTag();
            pipeline.mixed(tag, plan.notifications(), List.of(), i);
            if (side == Side.SMALL) {
                lastOfSmall = tag;
            }
        }
        pipeline.measureIdle();
    }

    private FeedRound round(Side side) throws InterruptedException, ExecutionException {
        var pipeline = pipeline(side);
        var older = older(side, pipeline);
        var tag = pipeline.newTag();
        var round = pipeline.mixed(tag, plan.notifications(), older, tag.hashCode());
        if (side == Side.SMALL) {
            lastOfSmall = tag;
        }
        return round;
    }

    private List<IngressCall> older(Side side, MeasuredPipeline pipeline) {
        var old = new OldPayments(pipeline::scenarios, pipeline.senders());
        var calls = new ArrayList<IngressCall>();
        var inSample = plan.sample() / CALLS_PER_SCENARIO / KINDS;
        var inRound = plan.notifications() / CALLS_PER_SCENARIO / KINDS;
        for (var i = 0; i < Math.min(inRound, plan.notifications() * OLD_PERCENT / 100); i++) {
            if (side == Side.SMALL && lastOfSmall != null) {
                calls.add(old.refund(lastOfSmall, i));
            } else if (side == Side.LARGE) {
                var tag = copied.get(random.nextInt(copied.size()));
                calls.add(old.refund(tag, random.nextInt(inSample)));
            }
        }
        return calls;
    }

    private MeasuredPipeline pipeline(Side side) {
        return side == Side.SMALL ? small : large;
    }

    List<MeasuredPipeline> pipelines() {
        return List.of(small, large);
    }

    @Override
    public void close() {
        large.close();
        small.close();
    }
}
