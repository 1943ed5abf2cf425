package ipn.operations;

import ipn.avro.NameSource;
import ipn.decision.DecisionRules;
import java.util.Optional;

/**
 * Who does an operation and why. Both are stored with its result.
 *
 * @param by a name that others recognize
 * @param why optional for a replay, required for a discard
 * @param source how the name is known
 * @param principal name of the Kafka principal that the client settings authenticate with, also where another name is claimed
 */
public record Operator(String by, Optional<String> why, NameSource source, Optional<String> principal) {
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

    /** With a name that is claimed, without a principal. */
    public Operator(String by, Optional<String> why) {
        this(by, why, NameSource.CLAIMED, Optional.empty());
    }

    /** With the name that was typed, else that of the principal, else that of the user of the operating system. */
    public static Operator of(
            Optional<String> claimed, Optional<ClientPrincipal> principal, String systemUser, Optional<String> why) {
        var name = principal.map(ClientPrincipal::name);
        return new Operator(
                claimed.or(() -> name).orElse(systemUser),
                why,
                claimed.isPresent()
                        ? NameSource.CLAIMED
                        : principal.map(ClientPrincipal::source).orElse(NameSource.SYSTEM_USER),
                name);
    }

    /** The name by which limits of a person count: the principal where there is one. */
    public String person() {
        return principal.orElse(by);
    }

    public Operator requireReason() {
        if (why.isEmpty()) {
            throw new IllegalArgumentException(
                    "why: missing (expected: a reason, because the decision cannot be undone)");
        }
        return this;
    }
}
