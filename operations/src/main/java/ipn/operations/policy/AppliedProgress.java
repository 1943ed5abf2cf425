package ipn.operations.policy;

import ipn.avro.AppliedCatalogue;
import ipn.avro.AppliedCatalogues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How far the projector is with what was applied last, in all partitions.
 *
 * @param applied versions that count, earliest first, as most partitions know them
 * @param partitions of the topics
 * @param done partitions that have matched all their payments and orders again
 * @param examined payments and orders matched again so far
 * @param changed those of which something changed
 * @param failed those on which a rule failed
 */
public record AppliedProgress(
        List<Version> applied, int partitions, int done, long examined, long changed, long failed) {
    /** A version that a person applied. */
    public record Version(String decisionId, String version, Optional<Instant> since, Instant at) {}

    public boolean complete() {
        return done == partitions;
    }

    /** @param states two of each partition: of its payments and of its orders */
    static AppliedProgress of(Collection<AppliedCatalogues> states, int partitions) {
        var applied = states.stream()
                .map(AppliedCatalogues::getApplied)
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(List.of());
        var done = (int) states.stream().filter(AppliedCatalogues::getDone).count() / 2;
        return new AppliedProgress(
                applied.stream().map(AppliedProgress::version).toList(),
                partitions,
                states.isEmpty() ? partitions : done,
                states.stream().mapToLong(AppliedCatalogues::getExamined).sum(),
                states.stream().mapToLong(AppliedCatalogues::getChanged).sum(),
                states.stream().mapToLong(AppliedCatalogues::getFailed).sum());
    }

    private static Version version(AppliedCatalogue applied) {
        return new Version(
                applied.getDecisionId(),
                applied.getVersion(),
                Optional.ofNullable(applied.getSince()),
                applied.getAt());
    }
}
