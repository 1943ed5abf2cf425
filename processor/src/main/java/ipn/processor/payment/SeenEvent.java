package ipn.processor.payment;

import java.time.Instant;
import java.util.Comparator;

/**
 * One event heard of a payment. Sorted newest first.
 *
 * @param story what it told in short; the same event key with another story is an incident
 */
public record SeenEvent(Instant occurredAt, String eventKey, String story) implements Comparable<SeenEvent> {
    private static final Comparator<SeenEvent> NEWEST_FIRST = Comparator.comparing(SeenEvent::occurredAt)
            .thenComparing(SeenEvent::eventKey)
            .thenComparing(SeenEvent::story)
            .reversed();

    @Override
    public int compareTo(SeenEvent other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
