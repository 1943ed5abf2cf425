package ipn.drift;

/**
 * One way in which a notification differs from what is known of its gateway.
 *
 * @param field JSON pointer, list elements as {@code *}; the version, for one of those; empty for an event type
 */
public record Finding(Kind kind, String field) {
    /** What differs. */
    public enum Kind {
        NEW_FIELD,
        TYPE_CHANGED,
        MISSING_FIELD,
        UNKNOWN_EVENT_TYPE,
        UNKNOWN_API_VERSION
    }
}
