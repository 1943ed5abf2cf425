package ipn.bench.rebuild;

import ipn.app.IpnConfig;
import ipn.polling.Polling;
import ipn.runtime.lag.LagReader;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How many records wait for processor and projector. */
record PipelineLag(List<LagReader> stages) implements AutoCloseable {
    private static final Polling OFTEN = Polling.upTo(Duration.ofMinutes(5));

    static PipelineLag of(IpnConfig config) {
        var projector = Set.of(TopicCatalogue.OUTCOMES, TopicCatalogue.ALLOCATIONS, TopicCatalogue.CLAIMS);
        return new PipelineLag(List.of(
                stage(config, config.processor().configuration().applicationId(), Set.of(TopicCatalogue.RAW)),
                stage(config, config.projector().configuration().applicationId(), projector)));
    }

    private static LagReader stage(IpnConfig config, String group, Set<String> topics) {
        var names = topics.stream().map(config.kafka().topics()::name).collect(Collectors.toUnmodifiableSet());
        return new LagReader(config.kafka(), group, names, Clock.systemUTC());
    }

    /** Waits until fewer records wait. */
    void awaitFewer(long than) {
        if (!OFTEN.until(() -> waiting() < than)) {
            throw new IllegalStateException("pipeline: behind by %d records for five minutes".formatted(waiting()));
        }
    }

    private long waiting() {
        return stages.stream()
                .flatMap(stage -> stage.read().records().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        stages.forEach(LagReader::close);
    }
}
