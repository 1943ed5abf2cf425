package ipn.operations.explain.coverage;

import ipn.operations.topic.Position;
import java.util.List;

/**
 * Whether every entitlement event can be explained down to raw records that exist.
 *
 * @param events looked at: all that the topic has
 * @param explained of them
 * @param unexplained the first of the others, as many as were asked for
 */
public record CoverageReport(long events, long explained, List<Unexplained> unexplained) {
    /**
     * One event that cannot be explained.
     *
     * @param at where the entitlement event stands
     * @param missing what is not there
     */
    public record Unexplained(String eventId, Position at, List<String> missing) {}

    public boolean complete() {
        return events == explained;
    }

    /** Whole percent, rounded down: 100 means all. */
    public long percent() {
        return events == 0 ? 100 : 100 * explained / events;
    }
}
