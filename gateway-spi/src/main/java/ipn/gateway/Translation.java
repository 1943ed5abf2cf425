package ipn.gateway;

import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.function.Supplier;

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

    /** What a reader makes of an item; where it throws {@link RefusedException}, a refusal with that reason. */
    static Translation orRefused(Supplier<Translation> reader) {
        try {
            return reader.get();
        } catch (RefusedException e) {
            return new Refused(e.reason(), e.detail());
        }
    }
}
