package ipn.gateway.content;

import ipn.topics.Reason;

/** A gateway's name for a kind of event, such as {@code charge.refunded} or {@code charge:confirmed}. */
public final class EventType {
    private EventType() {}

    /** Fit to be passed on: letters, digits and {@code . _ : -}, neither empty nor long. */
    public static boolean is(String text) {
        return text.matches("[A-Za-z0-9_.:-]{1,100}");
    }

    /** The type that stands here; empty where there is none. For looking without judging. */
    public static String glance(JsonField field) {
        return field.glance().filter(EventType::is).orElse("");
    }

    /**
     * The type that must stand here.
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
