package ipn.gateway;

import ipn.fact.Fact.ReferenceName;
import ipn.settings.Settings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every configured account, by {@code gateway/account}.
 *
 * @param payerWordsByName words that a payer can write, by the same names; for an account that is absent none
 */
public record Accounts(Map<String, GatewayAccount> byName, Map<String, Set<Word>> payerWordsByName) {
    private enum Mode {
        LIVE,
        TEST,
        SHADOW
    }

    private static final Map<ReferenceName, String> USUAL_REFERENCES = Map.of(
            ReferenceName.ORDER, "order_id",
            ReferenceName.SUBJECT, "user_id",
            ReferenceName.PRODUCT, "product",
            ReferenceName.REFERENCE, "reference");

    public Accounts {
        byName = Map.copyOf(byName);
        payerWordsByName = Map.copyOf(payerWordsByName);
    }

    /** Accounts whose words are the merchant's own. */
    public Accounts(Map<String, GatewayAccount> byName) {
        this(byName, Map.of());
    }

    /** Reads {@code gateways} and {@code references}; adds every error to the problems of the settings. */
    public static Accounts from(Settings settings) {
        var gateways = new TreeMap<String, Gateway>();
        ServiceLoader.load(Gateway.class).forEach(gateway -> gateways.put(gateway.name(), gateway));
        var references = references(settings.in("references"), USUAL_REFERENCES);
        var accounts = new LinkedHashMap<String, GatewayAccount>();
        var payerWords = new LinkedHashMap<String, Set<Word>>();
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
                    settings.problems().add(account.full("mode"), "missing", "live, test or shadow");
                }
                var id = new AccountId(
                        gatewayName,
                        accountName,
                        mode.orElse(Mode.LIVE) != Mode.TEST,
                        mode.orElse(Mode.LIVE) == Mode.SHADOW);
                var own = references(account.in("references"), references);
                payerWords.put(gatewayName + "/" + accountName, payerWords(account, gateway));
                accounts.put(gatewayName + "/" + accountName, gateway.open(new AccountSettings(id, account, own)));
            }
        }
        return new Accounts(accounts, payerWords);
    }

    /** The keys under which the merchant stores its references in the metadata of an account's gateway. */
    public static Map<ReferenceName, String> references(Settings settings, AccountId id) {
        var usual = references(settings.in("references"), USUAL_REFERENCES);
        return references(
                settings.in("gateways").in(id.gateway()).in(id.account()).in("references"), usual);
    }

    private static Map<ReferenceName, String> references(Settings section, Map<ReferenceName, String> otherwise) {
        var references = new EnumMap<ReferenceName, String>(ReferenceName.class);
        references.putAll(otherwise);
        for (var name : ReferenceName.values()) {
            section.text(name.name().toLowerCase(Locale.ROOT)).ifPresent(key -> references.put(name, key));
        }
        return references;
    }

    /** The words that a payer can write: those that {@code trusted-words} does not list, else those of the gateway. */
    private static Set<Word> payerWords(Settings account, Gateway gateway) {
        if (!account.has("trusted-words")) {
            return gateway.payerWords();
        }
        var trusted = account.list("trusted-words");
        var known = Arrays.stream(Word.values()).map(Word::key).toList();
        if (!known.containsAll(trusted)) {
            account.problems()
                    .add(
                            account.full("trusted-words"),
                            String.join(", ", trusted),
                            "any of " + String.join(", ", known));
        }
        return Arrays.stream(Word.values())
                .filter(word -> !trusted.contains(word.key()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The words of an account's notifications that a payer can write. */
    public Set<Word> payerWords(AccountId id) {
        return payerWordsByName.getOrDefault(id.gateway() + "/" + id.account(), Set.of());
    }

    public Optional<GatewayAccount> find(String gateway, String account) {
        return Optional.ofNullable(byName.get(gateway + "/" + account));
    }

    /** Whether any account is one of this gateway. */
    public boolean hasGateway(String name) {
        return byName.values().stream()
                .anyMatch(account -> account.id().gateway().equals(name));
    }

    /** True if at least one account has mode live. Test money then grants nothing. */
    public boolean live() {
        return byName.values().stream().anyMatch(account -> account.id().live());
    }
}
