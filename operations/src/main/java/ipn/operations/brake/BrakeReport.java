package ipn.operations.brake;

import ipn.avro.BrakeStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How the brake on revocations stands.
 *
 * @param partitions that have said so, by number
 * @param silent partitions that never have: nothing happened in them since the projector was first started
 * @param total over all
 */
public record BrakeReport(List<BrakeStatus> partitions, int silent, Total total) {
    public BrakeReport {
        partitions = List.copyOf(partitions);
    }

    /**
     * Sums.
     *
     * @param engaged partitions that withhold
     * @param inWindow told within the window
     */
    public record Total(long engaged, long held, long inWindow, long active, long released, long discarded) {}

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

    /** Whether there is anything to decide. */
    public boolean idle() {
        return !engaged() && total.held() == 0;
    }

    private static long sum(List<BrakeStatus> all, ToLongFunction<BrakeStatus> of) {
        return all.stream().mapToLong(of).sum();
    }
}
