package ipn.gateway;

import ipn.fact.Fact.ReferenceName;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.util.List;
import java.util.Map;

/**
 * The settings of one account.
 *
 * @param id gateway, account and mode
 * @param settings the section {@code gateways.<gateway>.<account>}, for what only this gateway knows
 * @param references names under which merchants keep their words in a gateway's metadata
 */
public record AccountSettings(AccountId id, Settings settings, Map<ReferenceName, String> references) {
    /** Fewer characters are no secret any gateway hands out. */
    private static final int SECRET_LENGTH_MIN = 16;

    public AccountSettings {
        references = Map.copyOf(references);
    }

    /** The account's secrets, at least one, or the start fails. */
    public List<Secret> secrets() {
        return secrets("secrets");
    }

    /** The secrets under another key, at least one, or the start fails. */
    public List<Secret> secrets(String key) {
        return settings.secrets(key, !id.live(), SECRET_LENGTH_MIN);
    }

    /** The merchants whose events this account accepts; what is missing or wrong is a problem. */
    public Receiver receiver(ReceiverSetting setting) {
        return setting.read(settings, id.live());
    }

    /**
     * The account's secrets where the gateway hands out none that begin otherwise; what does is a problem.
     *
     * @param expected what such a secret is, for people
     */
    public List<Secret> secretsBeginning(String prefix, String expected) {
        return secrets().stream()
                .filter(secret -> secret.text().startsWith(prefix) || somethingElse(secret, expected))
                .toList();
    }

    private boolean somethingElse(Secret secret, String expected) {
        settings.problems().add(settings.full("secrets"), secret.id() + " is something else", expected);
        return false;
    }
}
