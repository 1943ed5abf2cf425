package ipn.app.simulator;

import ipn.gateway.Bytes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/** One payment gateway as a sender. */
public interface SimulatedGateway {
    /** As in paths and settings. */
    String name();

    /** Names of the events it can send, sorted. */
    Set<String> events();

    /** Ids in the gateway's own form. */
    Ids ids(String token);

    /**
     * Writes the notification.
     *
     * @param event one of {@link #events()}
     */
    Draft draft(String event, Sample sample, Sender sender);

    /** The same notification with a body that makes no sense any more. */
    default Draft garbled(Draft draft) {
        return draft.withBody(
                Bytes.wrap(Arrays.copyOf(draft.body().array(), draft.body().size() / 2)));
    }

    /** Signs exactly these bytes, as the gateway does at {@code now}. */
    Outgoing sign(Draft draft, Sender sender, Instant now);
}
