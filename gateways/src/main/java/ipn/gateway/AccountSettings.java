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
        return settings.secrets("secrets", !id.live(), SECRET_LENGTH_MIN);
    }
}
