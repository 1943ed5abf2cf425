package ipn.operations.brake;

import ipn.avro.BrakeStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Status of the brake on revocations.
 *
 * @param partitions status of each partition that has reported one, sorted by number
 * @param silent number of partitions that have reported none, because nothing happened in them since the first start of the projector
 * @param total sums over all partitions
 */
public record BrakeReport(List<BrakeStatus> partitions, int silent, Total total) {
    public BrakeReport {
        partitions = List.copyOf(partitions);
    }

    /**
     * Sums over all partitions.
     *
     * @param engaged partitions that withhold revocations
     * @param inWindow revocations emitted within the window
     */
    public record Total(long engaged, long withheld, long inWindow, long active, long released, long discarded) {}

    static BrakeReport of(Collection<BrakeStatus> newest, int partitions) {
        var sorted = newest.stream()
                .sorted(Comparator.comparing(BrakeStatus::getPartition))
                .toList();
        var total = new Total(
                sum(sorted, status -> status.getEngaged() ? 1 : 0),
                sum(sorted, BrakeStatus::getWithheld),
                sum(sorted, BrakeStatus::getInWindow),
                sum(sorted, BrakeStatus::getActive),
                sum(sorted, BrakeStatus::getReleased),
                sum(sorted, BrakeStatus::getDiscarded));
        return new BrakeReport(sorted, partitions - sorted.size(), total);
    }

    public boolean engaged() {
        return total.engaged() > 0;
    }

    /** Whether there is nothing to decide. */
    public boolean idle() {
        return !engaged() && total.withheld() == 0;
    }

    private static long sum(List<BrakeStatus> all, ToLongFunction<BrakeStatus> of) {
        return all.stream().mapToLong(of).sum();
    }
}
