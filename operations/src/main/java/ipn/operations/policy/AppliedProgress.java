package ipn.operations.policy;

import ipn.avro.AppliedCatalogue;
import ipn.avro.AppliedCatalogues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    /** Of each partition: of its payments and of its orders. */
    static final int STATES = 2;

    /** A version that a person applied. */
    public record Version(String decisionId, String version, Optional<Instant> since, Instant at) {}

    public boolean complete() {
        return done == partitions;
    }

    /**
     * The state of the payments or of the orders of a partition.
     *
     * @param partition of the topics
     */
    record PartitionState(int partition, AppliedCatalogues state) {}

    /** @param states two of each partition: of its payments and of its orders; none, if nothing was ever applied */
    static AppliedProgress of(Collection<PartitionState> states, int partitions) {
        var all = states.stream().map(PartitionState::state).toList();
        var applied = all.stream()
                .map(AppliedCatalogues::getApplied)
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(List.of());
        return new AppliedProgress(
                applied.stream().map(AppliedProgress::version).toList(),
                partitions,
                all.isEmpty() ? partitions : done(states),
                all.stream().mapToLong(AppliedCatalogues::getExamined).sum(),
                all.stream().mapToLong(AppliedCatalogues::getChanged).sum(),
                all.stream().mapToLong(AppliedCatalogues::getFailed).sum());
    }

    /** Partitions whose payments and orders are both done. */
    private static int done(Collection<PartitionState> states) {
        return (int) states.stream()
                .filter(each -> each.state().getDone())
                .collect(Collectors.groupingBy(PartitionState::partition, Collectors.counting()))
                .values()
                .stream()
                .filter(count -> count == STATES)
                .count();
    }

    private static Version version(AppliedCatalogue applied) {
        return new Version(
                applied.getDecisionId(),
                applied.getVersion(),
                Optional.ofNullable(applied.getSince()),
                applied.getAt());
    }
}
