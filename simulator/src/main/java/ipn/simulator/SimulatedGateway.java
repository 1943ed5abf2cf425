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
    /** The name in paths and settings. */
    String name();

    /** Names of the events it can send, sorted. */
    Set<String> events();

    /** Ids in the gateway's own form. */
    Ids ids(String token);

    /**
     * The signing secret: the first of the account's secrets, unless the simulated gateway has its own key.
     *
     * @param account the account's settings
     * @return empty if no secret can sign; the problems of the settings then state why
     */
    default Optional<String> signingSecret(Settings account) {
        return Senders.secrets(account).stream().findFirst();
    }

    /** The same sender with a secret or key that no account has configured. */
    default Sender forger(Sender sender) {
        var secret = sender.secret();
        return sender.withSecret(secret.substring(0, secret.indexOf('_') + 1) + "Zm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2Vk");
    }

    /**
     * Writes the notification.
     *
     * @param event one of {@link #events()}
     */
    Draft draft(String event, Sample sample, Sender sender);

    /** The same notification with a body that cannot be parsed. */
    default Draft malformed(Draft draft) {
        return draft.withBody(
                Bytes.wrap(Arrays.copyOf(draft.body().array(), draft.body().size() / 2)));
    }

    /** Several notifications in one delivery; empty if the gateway never sends batches. */
    default Optional<Draft> batch(List<Draft> drafts) {
        return Optional.empty();
    }

    /** Signs exactly these bytes, as the gateway does at {@code now}. */
    Outgoing sign(Draft draft, Sender sender, Instant now);

    /** Documents that the gateway always serves, by path: certificates, keys, access tokens. */
    default Map<String, Bytes> documents() {
        return Map.of();
    }
}
