package ipn.operations.decision;

/** A person has decided as much about access within a day as the settings permit. */
public final class TooManyDecisionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyDecisionsException(String by, long made, int max) {
        super(
                "%s: %d decisions about access within 24 hours (expected: at most %d, policy.goodwill.per-person-per-day; nothing was written)"
                        .formatted(by, made, max));
    }
}
