package ipn.app.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.fact.Money;
import ipn.processor.Reverifier;
import ipn.processor.Reverifier.Mode;
import ipn.settings.Settings;
import ipn.simulator.BuiltInTestAccounts;
import ipn.simulator.GatewayStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shop that sells Premium, with and without a trial, at the test account of every gateway. T-shirts, which cost as much, are no
 * product of its catalogue.
 *
 * @param accounts what the settings of accounts have besides: values in YAML's flow style by path, such as {@code paddle/main
 *     trusted-words}; an account that is new is a copy of {@code main}
 */
record AttackedShop(GatewayStandIn standIn, Map<String, String> accounts, Chain chain, AtomicInteger buyers)
        implements AutoCloseable {
    static final String T_SHIRT = "t-shirt";
    static final Money PRICE = new Money(800, "USD");
    static final Money NOTHING = new Money(0, "USD");

    private static final String PRODUCTS = """
            products:
              premium:
                {entitlement: premium, kind: subscription, interval: P1M, prices: {USD: 800}, aliases: [plan_SIMULATED00001]}
              premium-with-trial:
                {entitlement: premium, kind: subscription, interval: P1M, trial: P7D, prices: {USD: 800}}
            """;
    /** No time passes while documents are fetched, so all are fetched in one second. */
    private static final String FETCHES_PER_SECOND = "IPN_GATEWAYS_MOLLIE_MAIN_FETCH_PER_SECOND";

    static AttackedShop open(Path folder, Map<String, String> accounts) throws IOException {
        var standIn = GatewayStandIn.start(0);
        var config = Chain.config(settings(standIn, accounts));
        return new AttackedShop(
                standIn, accounts, new Chain(folder, config, new Reverifier(Mode.ALL, 1)), new AtomicInteger());
    }

    /** Somebody whose purchases have ids that no other's have. */
    Buyer newBuyer() {
        return new Buyer(this, "A" + buyers.incrementAndGet());
    }

    Settings settings() {
        return settings(Map.of());
    }

    /** The settings with some values replaced. */
    Settings settings(Map<String, String> others) {
        var all = new HashMap<>(accounts);
        all.putAll(others);
        return settings(standIn, all);
    }

    private static Settings settings(GatewayStandIn standIn, Map<String, String> accounts) {
        try {
            var all = (ObjectNode) FieldCase.YAML.readTree(PRODUCTS);
            all.setAll((ObjectNode) FieldCase.YAML.readTree(BuiltInTestAccounts.yaml()));
            pointTo(standIn, (ObjectNode) all.path("gateways"));
            for (var each : accounts.entrySet()) {
                var path = each.getKey().split("[/ ]");
                account((ObjectNode) all.path("gateways").path(path[0]), path[1])
                        .set(path[2], FieldCase.YAML.readTree(each.getValue()));
            }
            var environment = new HashMap<>(Chain.UNBRAKED);
            environment.put(FETCHES_PER_SECOND, "10000");
            return Settings.parse(FieldCase.YAML.writeValueAsString(all), environment, Path.of(""));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void pointTo(GatewayStandIn standIn, ObjectNode gateways) {
        gateways.forEach(gateway -> {
            var main = (ObjectNode) gateway.path("main");
            if (main.has("fetch-via")) {
                main.put("fetch-via", standIn.url().toString());
            }
            if (main.has("verify-url")) {
                main.put("verify-url", standIn.verifyUrl().toString());
            }
        });
    }

    private static ObjectNode account(ObjectNode gateway, String name) {
        if (!gateway.has(name)) {
            gateway.set(name, gateway.path("main").deepCopy());
        }
        return (ObjectNode) gateway.path(name);
    }

    @Override
    public void close() {
        chain.close();
        standIn.close();
    }
}
