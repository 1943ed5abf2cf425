package ipn.gateway.content;

import ipn.topics.Reason;

/** A gateway's name for a kind of event, such as {@code charge.refunded} or {@code charge:confirmed}. */
public final class EventType {
    private static final int LENGTH_MAX = 100;

    private EventType() {}

    /** True for a safe event type: 1 to 100 letters, digits and {@code . _ : -}. */
    public static boolean is(String text) {
        return Codes.is(text, LENGTH_MAX);
    }

    /** The event type in the field; empty if it is absent or invalid. Never throws. */
    public static String glance(JsonField field) {
        return field.glance().filter(EventType::is).orElse("");
    }

    /**
     * The event type in the field, which is mandatory.
     *
     * @throws RefusedException MISSING_FIELD or MALFORMED
     */
    public static String required(JsonField field) {
        return field.required()
                .glance()
                .filter(EventType::is)
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, field.pointer() + ": not an event type"));
    }
}
