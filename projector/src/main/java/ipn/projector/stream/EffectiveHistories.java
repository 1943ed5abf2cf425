package ipn.projector.stream;

import ipn.avro.AppliedCatalogue;
import ipn.projector.catalogue.AppliedVersion;
import ipn.projector.catalogue.CatalogueHistory;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The history of the catalogue in each partition: that of the topic, with what people applied to what was paid before. Thread-safe. */
public final class EffectiveHistories {
    private final CatalogueHistory topic;
    private final Map<Integer, CatalogueHistory> ofPartitions = new ConcurrentHashMap<>();

    public EffectiveHistories(CatalogueHistory topic) {
        this.topic = topic;
    }

    CatalogueHistory of(int partition) {
        return ofPartitions.getOrDefault(partition, topic);
    }

    /** What counts in a partition, from its store or newly received. */
    void apply(int partition, Collection<AppliedCatalogue> applied) {
        var known = applied.stream()
                .filter(each -> topic.version(each.getVersion()).isPresent())
                .map(this::version)
                .toList();
        ofPartitions.put(partition, topic.with(known));
    }

    /** Whether the topic had all these versions when this process started. */
    boolean knows(Collection<AppliedCatalogue> applied) {
        return applied.stream()
                .allMatch(each -> topic.version(each.getVersion()).isPresent());
    }

    private AppliedVersion version(AppliedCatalogue applied) {
        return new AppliedVersion(
                applied.getDecisionId(),
                topic.version(applied.getVersion()).orElseThrow(),
                Objects.requireNonNullElse(applied.getSince(), Instant.MIN),
                applied.getAt());
    }
}
