package ipn.operations;

import java.util.Optional;

/**
 * Who does something to dead letters, and for what reason: kept with each of them.
 *
 * @param by a name others recognise
 * @param why may be left out for a replay, never for a discard
 */
public record Operator(String by, Optional<String> why) {
    private static final int BY_LENGTH_MAX = 200;
    private static final int WHY_LENGTH_MAX = 2_000;

    public Operator {
        by = by.strip();
        why = why.map(String::strip).filter(text -> !text.isEmpty());
        if (by.isEmpty() || by.length() > BY_LENGTH_MAX) {
            throw new IllegalArgumentException("by: " + by.length() + " characters (expected: a name of 1 to "
                    + BY_LENGTH_MAX + ", since it is kept who decided)");
        }
        why.filter(text -> text.length() > WHY_LENGTH_MAX).ifPresent(text -> {
            throw new IllegalArgumentException(
                    "why: " + text.length() + " characters (expected: at most " + WHY_LENGTH_MAX + ")");
        });
    }

    public Operator mustSayWhy() {
        if (why.isEmpty()) {
            throw new IllegalArgumentException("why: missing (expected: a reason, since a discard loses the event)");
        }
        return this;
    }
}
