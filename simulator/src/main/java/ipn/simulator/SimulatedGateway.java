package ipn.simulator;

import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One payment gateway as a sender. Found by {@link java.util.ServiceLoader}. */
public interface SimulatedGateway {
    /** As in paths and settings. */
    String name();

    /** Names of the events it can send, sorted. */
    Set<String> events();

    /** Ids in the gateway's own form. */
    Ids ids(String token);

    /**
     * What it signs with: the first of the account's secrets, unless it has keys of its own.
     *
     * @param account the account's settings, which may tell more
     * @return empty where none can sign; then the problems of the settings say why
     */
    default Optional<String> signsWith(Settings account) {
        return Senders.secrets(account).stream().findFirst();
    }

    /** The same sender with a secret or a key nobody configured. */
    default Sender forger(Sender sender) {
        var secret = sender.secret();
        return sender.signingWith(secret.substring(0, secret.indexOf('_') + 1) + "Zm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2Vk");
    }

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

    /** Several notifications as one; empty where the gateway never sends a batch. */
    default Optional<Draft> batch(List<Draft> drafts) {
        return Optional.empty();
    }

    /** Signs exactly these bytes, as the gateway does at {@code now}. */
    Outgoing sign(Draft draft, Sender sender, Instant now);

    /** What it always answers when it is asked, by path: certificates, keys, access tokens. */
    default Map<String, Bytes> documents() {
        return Map.of();
    }
}
