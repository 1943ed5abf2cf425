package ipn.processor.payment;

import java.time.Instant;
import java.util.Comparator;

/**
 * One event heard of a payment. Sorted newest first.
 *
 * @param story what it told in short; the same event key with another story is an incident
 */
public record Heard(Instant occurredAt, String eventKey, String story) implements Comparable<Heard> {
    private static final Comparator<Heard> NEWEST_FIRST = Comparator.comparing(Heard::occurredAt)
            .thenComparing(Heard::eventKey)
            .thenComparing(Heard::story)
            .reversed();

    @Override
    public int compareTo(Heard other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
