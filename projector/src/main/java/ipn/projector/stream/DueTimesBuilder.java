package ipn.projector.stream;

import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds the store that {@link DueTimes} keeps its times in, and them around it. */
record DueTimesBuilder(StoreBuilder<KeyValueStore<String, String>> store) implements StoreBuilder<DueTimes> {
    @Override
    public DueTimes build() {
        return new DueTimes(store.build());
    }

    /** Always fails: Kafka Streams writes a cache into its store only if it knows the type of the store around it. */
    @Override
    public StoreBuilder<DueTimes> withCachingEnabled() {
        throw new UnsupportedOperationException(
                "%s: no cache (expected: each change is written at once)".formatted(name()));
    }

    @Override
    public StoreBuilder<DueTimes> withCachingDisabled() {
        return new DueTimesBuilder(store.withCachingDisabled());
    }

    @Override
    public StoreBuilder<DueTimes> withLoggingEnabled(Map<String, String> settings) {
        return new DueTimesBuilder(store.withLoggingEnabled(settings));
    }

    @Override
    public StoreBuilder<DueTimes> withLoggingDisabled() {
        return new DueTimesBuilder(store.withLoggingDisabled());
    }

    @Override
    public Map<String, String> logConfig() {
        return store.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return store.loggingEnabled();
    }

    @Override
    public String name() {
        return store.name();
    }
}
