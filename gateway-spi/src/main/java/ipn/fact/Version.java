package ipn.fact;

import java.time.Instant;
import java.util.Comparator;

/**
 * Orders the statements about one fact. The one with the later time of the gateway's clock is newer; at equal times, the one
 * with the higher sequence. The event key breaks ties, so the order of arrival has no effect.
 *
 * @param occurredAt by the gateway's clock, milliseconds
 * @param sequence the gateway's order of events with equal times (a status that can only follow another is higher), or 0
 * @param eventKey the event that contains the statement
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
