package ipn.app.diff;

import ipn.app.UserException;
import ipn.app.rebuild.RebuildLog;
import ipn.app.rebuild.RebuildState;
import ipn.app.rebuild.RebuildTopics;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.polling.Polling;
import ipn.runtime.lag.LagReader;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a pipeline with a rebuild of its history.
 *
 * @param live the pipeline
 * @param processorId application id of its processor
 * @param projectorId application id of its projector
 */
public record DiffRun(KafkaSettings live, String processorId, String projectorId, Progress progress) {
    private static final Polling CAUGHT_UP =
            Polling.upTo(Duration.ofSeconds(60)).every(Duration.ofMillis(200));

    private static final Set<String> OF_PROJECTOR = Set.of(
            TopicCatalogue.OUTCOMES,
            TopicCatalogue.ORDERS,
            TopicCatalogue.DECISIONS,
            TopicCatalogue.ALLOCATIONS,
            TopicCatalogue.CLAIMS);

    /**
     * Compares. The caller closes the report.
     *
     * @throws UserException if there is no rebuild, it is not done, or the pipeline is behind
     */
    public DiffReport run(RebuildTopics topics) {
        try (var reader = TopicReader.open(live)) {
            var state = state(topics, reader);
            requireCaughtUp(state.untilTime());
            return Diff.run(
                    new Reading(live, reader, projectorId, progress),
                    new Reading(topics.kafka(), reader, topics.projectorId(), progress),
                    state);
        }
    }

    private RebuildState state(RebuildTopics topics, TopicReader reader) {
        var state = reader.exists(topics.prefix() + RebuildTopics.PROGRESS)
                ? RebuildLog.read(topics)
                : Optional.<RebuildState>empty();
        var found = state.orElseThrow(() -> UserException.problem(
                "%s: no rebuild (expected: ipn rebuild --to-prefix %s)".formatted(topics.prefix(), topics.prefix())));
        if (!found.done()) {
            throw UserException.problem(
                    "%s: a rebuild that is not done (expected: run ipn rebuild again to continue it)"
                            .formatted(topics.prefix()));
        }
        if (!found.source().equals(live.topics().prefix())) {
            throw UserException.usage("%s: not a rebuild of %s (expected: %s %s)"
                    .formatted(topics.prefix(), live.topics().prefix(), found.source(), topics.prefix()));
        }
        return found;
    }

    /** What the pipeline has not yet processed would be missing in it. */
    private void requireCaughtUp(Instant until) {
        var others = OF_PROJECTOR.stream().map(live.topics()::name).collect(Collectors.toUnmodifiableSet());
        var raw = Set.of(live.topics().name(TopicCatalogue.RAW));
        try (var processor = new LagReader(live, processorId, raw, Clock.systemUTC());
                var projector = new LagReader(live, projectorId, others, Clock.systemUTC())) {
            if (!CAUGHT_UP.until(() -> isPast(processor, until) && isPast(projector, until))) {
                throw UserException.problem(
                        "pipeline: has not processed everything up to %s, when the rebuild began (expected: running stages; run ipn diff again later)"
                                .formatted(until));
            }
        }
    }

    private static boolean isPast(LagReader lag, Instant until) {
        return lag.read().oldest().filter(oldest -> !oldest.isAfter(until)).isEmpty();
    }
}
