package ipn.operations;

import ipn.decision.DecisionRules;
import java.util.Optional;

/**
 * Who does an operation and why. Both are stored with its result.
 *
 * @param by a name that others recognize
 * @param why optional for a replay, required for a discard
 */
public record Operator(String by, Optional<String> why) {
    private static final int BY_LENGTH_MAX = 200;

    public Operator {
        by = by.strip();
        why = why.map(String::strip).filter(text -> !text.isEmpty());
        if (by.isEmpty() || by.length() > BY_LENGTH_MAX) {
            throw new IllegalArgumentException("by: " + by.length() + " characters (expected: a name of 1 to "
                    + BY_LENGTH_MAX + ", because it is stored who decided)");
        }
        why.filter(text -> text.length() > DecisionRules.WHY_MAX).ifPresent(text -> {
            throw new IllegalArgumentException(
                    "why: " + text.length() + " characters (expected: at most " + DecisionRules.WHY_MAX + ")");
        });
    }

    public Operator requireReason() {
        if (why.isEmpty()) {
            throw new IllegalArgumentException(
                    "why: missing (expected: a reason, because the decision cannot be undone)");
        }
        return this;
    }
}
