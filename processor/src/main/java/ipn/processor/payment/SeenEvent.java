package ipn.processor.payment;

import java.time.Instant;
import java.util.Comparator;

/**
 * One event seen for a payment. Sorted newest first.
 *
 * @param fingerprint of its content; the same event key with another fingerprint is an incident
 */
public record SeenEvent(Instant occurredAt, String eventKey, String fingerprint) implements Comparable<SeenEvent> {
    private static final Comparator<SeenEvent> NEWEST_FIRST = Comparator.comparing(SeenEvent::occurredAt)
            .thenComparing(SeenEvent::eventKey)
            .thenComparing(SeenEvent::fingerprint)
            .reversed();

    @Override
    public int compareTo(SeenEvent other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
