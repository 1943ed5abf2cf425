package ipn.gateway;

import ipn.fact.Fact.ReferenceName;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The settings of one account.
 *
 * @param id gateway, account and mode
 * @param settings the section {@code gateways.<gateway>.<account>}, for settings that only this gateway defines
 * @param references the keys under which the merchant stores its references in the gateway's metadata
 */
public record AccountSettings(AccountId id, Settings settings, Map<ReferenceName, String> references) {
    /** Every gateway issues secrets of at least this length. */
    private static final int SECRET_LENGTH_MIN = 16;

    public AccountSettings {
        references = Map.copyOf(references);
    }

    /** The account's secrets. The start fails if there is none, or if one is also a secret of another account. */
    public List<Secret> secrets() {
        return secrets("secrets");
    }

    /**
     * As {@link #secrets()}, for a gateway that also signs with key pairs.
     *
     * @param isPublic whether a text is a public key; several accounts may have it
     */
    public List<Secret> secretsOrPublicKeys(Predicate<String> isPublic) {
        return settings.secrets("secrets", !id.live(), SECRET_LENGTH_MIN, isPublic);
    }

    /** The secrets under another key, as {@link #secrets()}. */
    public List<Secret> secrets(String key) {
        return settings.secrets(key, !id.live(), SECRET_LENGTH_MIN);
    }

    /** The merchants whose events this account accepts; what is missing or wrong is a problem. */
    public Receiver receiver(ReceiverSetting setting) {
        return setting.read(settings, id.live());
    }

    /**
     * The account's secrets, for a gateway whose secrets all begin with the prefix. Any other secret is an error of the settings.
     *
     * @param expected description of a valid secret, for the operator
     */
    public List<Secret> secretsBeginning(String prefix, String expected) {
        return secrets().stream()
                .filter(secret -> secret.text().startsWith(prefix) || refused(secret, expected))
                .toList();
    }

    private boolean refused(Secret secret, String expected) {
        settings.problems().add(settings.full("secrets"), secret.id() + " is not such a secret", expected);
        return false;
    }
}
