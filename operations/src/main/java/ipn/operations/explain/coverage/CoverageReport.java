package ipn.operations.explain.coverage;

import ipn.operations.topic.Position;
import java.util.List;

/**
 * Whether every entitlement event can be explained down to raw records that exist.
 *
 * @param events all events of the topic
 * @param explained those that can be explained
 * @param unexplained the first of the others, up to the limit
 */
public record CoverageReport(long events, long explained, List<Unexplained> unexplained) {
    /**
     * One event that cannot be explained.
     *
     * @param at position of the entitlement event
     * @param missing the evidence that does not exist
     */
    public record Unexplained(String eventId, Position at, List<String> missing) {}

    public boolean complete() {
        return events == explained;
    }

    /** Percentage of explained events, rounded down, so that 100 means all. */
    public long percent() {
        return events == 0 ? 100 : 100 * explained / events;
    }
}
