package ipn.conformance;

import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.util.Map;

/** Opens accounts from YAML as the application does at its start, and fails on any error of the settings. */
public final class TestAccounts {
    private TestAccounts() {}

    /**
     * The account {@code main} of a gateway.
     *
     * @param section its settings, as YAML in braces
     * @param environment the variables that {@code env:} secrets refer to
     */
    public static GatewayAccount open(String gateway, String section, Map<String, String> environment) {
        var settings =
                Settings.parse("gateways: {%s: {main: %s}}".formatted(gateway, section), environment, Path.of(""));
        var account = Accounts.from(settings).find(gateway, "main").orElseThrow();
        settings.verify();
        return account;
    }
}
