package ipn.bench.rebuild;

import ipn.app.SettingsSource;
import ipn.app.diff.DiffReport;
import ipn.app.diff.Kind;
import ipn.app.rebuild.RebuildPlan;
import ipn.bench.load.Scenario;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A build that forgot what a failed payment of Stripe is, with settings in which a promoted post costs a dollar more; and whom that concerns, by
 * the scenarios of the history and without the rules under test.
 */
final class SeededChange {
    private static final String ACCOUNT = "stripe/main";
    private static final String FORGOTTEN = "payment_intent.payment_failed";
    private static final Map<String, String> PRICE = Map.of("IPN_PRODUCTS_PROMOTED_POST_PRICES_USD", "2600");
    private static final int SHOWN = 5;

    private final Set<String> failed = new TreeSet<>();
    private final Set<String> paidOldPrice = new TreeSet<>();

    /** Settings with the new price. */
    static SettingsSource settings(SettingsSource settings) {
        return settings.with(PRICE);
    }

    /** The plan with the translator that has forgotten. */
    static RebuildPlan plan(RebuildPlan plan, Accounts accounts) {
        var all = new HashMap<>(accounts.byName());
        all.computeIfPresent(ACCOUNT, (name, account) -> forgetful(account));
        return new RebuildPlan(
                plan.live(),
                plan.topics(),
                plan.processor().with(new Accounts(all, accounts.payerWordsByName())),
                plan.projector(),
                plan.catalogues(),
                plan.build(),
                plan.data(),
                plan.from());
    }

    private static GatewayAccount forgetful(GatewayAccount account) {
        return (GatewayAccount) Proxy.newProxyInstance(
                GatewayAccount.class.getClassLoader(),
                new Class<?>[] {GatewayAccount.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("translate")
                            && ((Item) given[1]).type().equals(FORGOTTEN)) {
                        return new Translation.Ignored(FORGOTTEN);
                    }
                    try {
                        return method.invoke(account, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Notes whom the change concerns. */
    void note(List<Scenario> scenarios) {
        for (var scenario : scenarios) {
            if (scenario.endsWith(FORGOTTEN)) {
                scenario.payments().forEach(payment -> failed.add(payment.paymentKey()));
            }
            if (scenario.order().isEmpty()) {
                scenario.access()
                        .map(Scenario.ExpectedAccess::stateKey)
                        .filter(key -> key.contains("/promotion/"))
                        .ifPresent(paidOldPrice::add);
            }
        }
    }

    int payments() {
        return failed.size();
    }

    int entitlements() {
        return paidOldPrice.size();
    }

    /** What a comparison names and should not, or does not name and should. */
    List<String> unexpected(DiffReport report) {
        var all = new ArrayList<String>();
        all.addAll(unexpected(report, Kind.PAYMENT, failed));
        all.addAll(unexpected(report, Kind.ENTITLEMENT, paidOldPrice));
        return all;
    }

    private static List<String> unexpected(DiffReport report, Kind kind, Set<String> expected) {
        var found = new TreeSet<String>();
        report.changes(kind, change -> found.add(change.key()));
        var missing = new TreeSet<>(expected);
        missing.removeAll(found);
        found.removeAll(expected);
        var all = new ArrayList<String>();
        missing.stream()
                .limit(SHOWN)
                .forEach(key -> all.add("%s %s: does not differ (of %d)".formatted(kind.label(), key, missing.size())));
        found.stream()
                .limit(SHOWN)
                .forEach(key -> all.add("%s %s: differs (of %d)".formatted(kind.label(), key, found.size())));
        return all;
    }
}
