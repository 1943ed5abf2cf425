package ipn.operations.imports;

import ipn.fact.Fact.ReferenceName;
import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.settings.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * An account, and where exports of it contain the merchant's references.
 *
 * @param references names of the gateway's metadata
 * @param appleSubject the field of a transaction that names the subject, at Apple
 */
record ImportAccount(AccountId id, Map<ReferenceName, String> references, String appleSubject) {
    static Optional<ImportAccount> find(Settings settings, Accounts accounts, String gateway, String account) {
        return accounts.find(gateway, account).map(found -> {
            var own = settings.in("gateways").in(gateway).in(account);
            return new ImportAccount(
                    found.id(), Accounts.references(settings, found.id()), own.text("subject", "appAccountToken"));
        });
    }

    /** The references in metadata; an order is no reference of a subscription that was paid before. */
    Map<ReferenceName, String> in(ExportLine line, String metadata) {
        var found = new EnumMap<ReferenceName, String>(ReferenceName.class);
        references.forEach((name, key) -> {
            if (name != ReferenceName.ORDER) {
                line.text(metadata + "/" + key.replace("~", "~0").replace("/", "~1"))
                        .ifPresent(word -> found.put(name, word));
            }
        });
        return found;
    }
}
