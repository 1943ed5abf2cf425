package ipn.gateway;

import ipn.fact.Fact.ReferenceName;
import ipn.settings.Settings;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Every configured account, by {@code gateway/account}. */
public record Accounts(Map<String, GatewayAccount> byName) {
    private enum Mode {
        LIVE,
        TEST
    }

    private static final Map<ReferenceName, String> USUAL_REFERENCES = Map.of(
            ReferenceName.ORDER, "order_id",
            ReferenceName.SUBJECT, "user_id",
            ReferenceName.PRODUCT, "product",
            ReferenceName.REFERENCE, "reference");

    public Accounts {
        byName = Map.copyOf(byName);
    }

    /** Reads {@code gateways} and {@code references}; adds every error to the problems of the settings. */
    public static Accounts from(Settings settings) {
        var gateways = new TreeMap<String, Gateway>();
        ServiceLoader.load(Gateway.class).forEach(gateway -> gateways.put(gateway.name(), gateway));
        var references = references(settings.in("references"), USUAL_REFERENCES);
        var accounts = new LinkedHashMap<String, GatewayAccount>();
        var section = settings.in("gateways");
        for (var gatewayName : section.names()) {
            var gateway = gateways.get(gatewayName);
            for (var accountName : section.in(gatewayName).names()) {
                var account = section.in(gatewayName).in(accountName).ownsSecrets();
                if (gateway == null) {
                    settings.problems()
                            .add(account.path(), "unknown gateway", "one of " + String.join(", ", gateways.keySet()));
                    continue;
                }
                if (!accountName.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
                    settings.problems()
                            .add(
                                    account.path(),
                                    accountName,
                                    "an account name of lower-case letters, digits and . _ -");
                }
                var mode = account.optionalChoice("mode", Mode.class);
                if (mode.isEmpty() && account.text("mode").isEmpty()) {
                    settings.problems().add(account.full("mode"), "missing", "live or test");
                }
                var id = new AccountId(gatewayName, accountName, mode.orElse(Mode.LIVE) == Mode.LIVE);
                var own = references(account.in("references"), references);
                accounts.put(gatewayName + "/" + accountName, gateway.open(new AccountSettings(id, account, own)));
            }
        }
        return new Accounts(accounts);
    }

    private static Map<ReferenceName, String> references(Settings section, Map<ReferenceName, String> otherwise) {
        var references = new EnumMap<ReferenceName, String>(ReferenceName.class);
        references.putAll(otherwise);
        for (var name : ReferenceName.values()) {
            section.text(name.name().toLowerCase(Locale.ROOT)).ifPresent(key -> references.put(name, key));
        }
        return references;
    }

    public Optional<GatewayAccount> find(String gateway, String account) {
        return Optional.ofNullable(byName.get(gateway + "/" + account));
    }

    /** True if at least one account has mode live. Test money then grants nothing. */
    public boolean live() {
        return byName.values().stream().anyMatch(account -> account.id().live());
    }
}
