package ipn.simulator;

import ipn.gateway.AccountId;
import ipn.settings.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * The merchant account a simulated gateway sends for.
 *
 * @param secret what it signs with
 * @param settings of the account: what else the gateway knows of the merchant
 */
public record Sender(AccountId account, String secret, Settings settings) {

    /** The same account, signed for with something else. */
    public Sender signingWith(String other) {
        return new Sender(account, other, settings);
    }

    /** The first of the values of a setting; empty where there is none. */
    public String says(String setting) {
        return settings.list(setting).stream().findFirst().orElse("");
    }

    /** Where a stand-in answers for the gateway, if it is asked at all. */
    public Optional<URI> standIn() {
        return settings.text("fetch-via").map(URI::create);
    }

    @Override
    public String toString() {
        return "Sender[" + account + "]";
    }
}
