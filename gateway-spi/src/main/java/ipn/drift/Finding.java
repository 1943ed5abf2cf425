package ipn.drift;

/**
 * One difference between a notification and the schema of its gateway.
 *
 * @param field JSON pointer, list elements as {@code *}; the version for an unknown version; empty for an unknown event type
 */
public record Finding(Kind kind, String field) {
    /** The kind of difference. */
    public enum Kind {
        NEW_FIELD,
        TYPE_CHANGED,
        MISSING_FIELD,
        UNKNOWN_EVENT_TYPE,
        UNKNOWN_API_VERSION
    }
}
