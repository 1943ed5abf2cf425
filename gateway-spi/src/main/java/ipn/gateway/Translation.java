package ipn.gateway;

import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.function.Supplier;

/** The result of translating an item. */
public sealed interface Translation {
    /** The item carries facts. */
    record Understood(Notification notification) implements Translation {}

    /** The item is authentic and carries no fact. */
    record Ignored(String type) implements Translation {}

    /**
     * The item is invalid.
     *
     * @param detail for people: the place and what was expected; never a value from the notification
     */
    record Refused(Reason reason, String detail) implements Translation {}

    /** The result of the reader, or a refusal with the reason if it throws {@link RefusedException}. */
    static Translation orRefused(Supplier<Translation> reader) {
        try {
            return reader.get();
        } catch (RefusedException e) {
            return new Refused(e.reason(), e.detail());
        }
    }
}
