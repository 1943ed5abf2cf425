package ipn.app.rebuild;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.app.UserException;
import ipn.polling.Polling;
import ipn.processor.OutageWatch;
import ipn.processor.ProcessorStage;
import ipn.projector.ProjectorStage;
import ipn.projector.stream.RecordTime;
import ipn.runtime.process.Closing;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The two stages that process a history again, with a clock that follows the records. */
final class RebuildStages implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    private static final Polling OFTEN = Polling.upTo(Duration.ofDays(1)).every(Duration.ofMillis(20));

    private final Closing closing = new Closing();
    private final RecordTime time = new RecordTime();
    private final List<StreamsStage> stages;
    private final Settled settled;

    /** @param at time of the rebuild: records up to it may wait already */
    RebuildStages(RebuildPlan plan, Instant at) {
        time.limit(at);
        try {
            stages = List.of(
                    closing.add("projector", startProjector(plan)), closing.add("processor", startProcessor(plan)));
            stages.forEach(RebuildStages::awaitReady);
            settled = closing.add("positions", Settled.open(plan.topics()));
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private StreamsStage startProjector(RebuildPlan plan) {
        var projector = plan.projector();
        return ProjectorStage.start(
                configuration(plan.topics().projectorId(), plan, projector.configuration()),
                plan.catalogues(),
                projector.safeguards(),
                projector.notifications(),
                plan.topics().kafka(),
                new SimpleMeterRegistry(),
                time);
    }

    /** One that fails on many records does not pause: that it does is a result. */
    private static StreamsStage startProcessor(RebuildPlan plan) {
        var processor = plan.processor();
        return ProcessorStage.start(
                configuration(plan.topics().processorId(), plan, processor.configuration()),
                processor.handler(),
                OutageWatch.from(Settings.parse("", Map.of(), Path.of(""))),
                plan.topics().kafka(),
                new SimpleMeterRegistry());
    }

    private static StreamsConfiguration configuration(String id, RebuildPlan plan, StreamsConfiguration ofStage) {
        return new StreamsConfiguration(id, plan.data(), COMMIT_INTERVAL, ofStage.threads(), Map.of());
    }

    private static void awaitReady(StreamsStage stage) {
        if (!stage.awaitReady(READY)) {
            throw UserException.problem("a stage of the rebuild: not ready within %d s; its state: %s"
                    .formatted(READY.toSeconds(), stage.state()));
        }
    }

    /** Records up to this time are copied from now on. */
    void limit(Instant at) {
        time.limit(at);
    }

    /** Waits until everything that was copied is processed, and what is due until then is done. */
    void finish(Instant at) {
        await(settled::now);
        time.release(at);
        await(() -> time.reached(at));
        await(settled::now);
    }

    private void await(BooleanSupplier condition) {
        OFTEN.until(() -> {
            requireRunning();
            return condition.getAsBoolean();
        });
    }

    private void requireRunning() {
        for (var stage : stages) {
            if (stage.hasEnded()) {
                throw UserException.problem(
                        "a stage of the rebuild stopped (expected: it runs to the end; --verbose prints its log; run the command again to continue)");
            }
        }
    }

    @Override
    public void close() {
        closing.close();
    }
}
