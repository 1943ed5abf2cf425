package ipn.gateway;

import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The merchants whose events an account accepts: exactly those in its settings, or any.
 *
 * @param setting full path of the setting, for messages
 * @param ids the accepted merchants; empty to accept any
 */
public record Receiver(String setting, Optional<Set<String>> ids) {
    public Receiver {
        ids = ids.map(Set::copyOf);
    }

    /** Accepts exactly these ids. */
    public static Receiver exactly(String setting, Set<String> ids) {
        return new Receiver(setting, Optional.of(ids));
    }

    /** Accepts every id. */
    public static Receiver any(String setting) {
        return new Receiver(setting, Optional.empty());
    }

    /** A copy with every id in another spelling, for gateways whose events use that spelling. */
    public Receiver spelled(UnaryOperator<String> spelling) {
        return new Receiver(setting, ids.map(all -> all.stream().map(spelling).collect(Collectors.toSet())));
    }

    /** True for the id of an accepted merchant. */
    public boolean accepts(String id) {
        return ids.map(all -> all.contains(id)).orElse(true);
    }

    /**
     * Checks the merchant that an event names. An event that names none passes.
     *
     * @throws RefusedException WRONG_RECEIVER if it names another merchant
     */
    public void check(JsonField named) {
        if (named.isPresent() && !accepts(named.glance().orElse(""))) {
            throw refusal(named.pointer());
        }
    }

    /**
     * The refusal of an event for another receiver.
     *
     * @param place JSON pointer or name of the field with the receiver
     */
    public RefusedException refusal(String place) {
        return new RefusedException(
                Reason.WRONG_RECEIVER, place + ": another receiver (expected: one of " + setting + ")");
    }
}
