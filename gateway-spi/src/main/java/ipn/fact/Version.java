package ipn.fact;

import java.time.Instant;
import java.util.Comparator;

/**
 * Which of two statements about one fact is newer: the later one by the gateway's clock; within one instant the one the
 * gateway counts higher; the event key breaks ties, so any two versions have a winner whatever came first.
 *
 * @param occurredAt by the gateway's clock, milliseconds
 * @param sequence the gateway's own order within one instant (a status that can only follow another is higher), or 0
 * @param eventKey the event that said so
 */
public record Version(Instant occurredAt, long sequence, String eventKey) implements Comparable<Version> {
    private static final Comparator<Version> ORDER = Comparator.comparing(Version::occurredAt)
            .thenComparingLong(Version::sequence)
            .thenComparing(Version::eventKey);

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
