package ipn.simulator;

import ipn.gateway.AccountId;
import ipn.settings.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * The merchant account a simulated gateway sends for.
 *
 * @param secret that it signs with
 * @param settings of the account, with what else the gateway knows about the merchant
 */
public record Sender(AccountId account, String secret, Settings settings) {

    /** The same account with another signing secret. */
    public Sender withSecret(String other) {
        return new Sender(account, other, settings);
    }

    /** The first value of a setting; empty if it has none. */
    public String setting(String name) {
        return settings.list(name).stream().findFirst().orElse("");
    }

    /** The first of the merchants in a setting; {@code otherwise} if it has none or accepts any. */
    public String merchant(String name, String otherwise) {
        var configured = setting(name);
        return configured.isEmpty() || configured.equals("any") ? otherwise : configured;
    }

    /** The address of the stand-in, if the account asks the gateway back. */
    public Optional<URI> standIn() {
        return settings.text("fetch-via").map(URI::create);
    }

    @Override
    public String toString() {
        return "Sender[" + account + "]";
    }
}
