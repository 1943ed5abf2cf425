package ipn.gateway;

import ipn.topics.Reason;

/** What an item means. */
public sealed interface Translation {
    /** It carries facts. */
    record Understood(Notification notification) implements Translation {}

    /** It is authentic and carries no fact for us. */
    record Ignored(String type) implements Translation {}

    /**
     * It makes no sense.
     *
     * @param detail for people: where, and what was expected; never a value out of the notification
     */
    record Refused(Reason reason, String detail) implements Translation {}
}
