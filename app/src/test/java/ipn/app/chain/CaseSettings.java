package ipn.app.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.settings.Settings;
import ipn.simulator.BuiltInTestAccounts;
import ipn.simulator.GatewayStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of all cases: the test accounts of the simulator, the products of {@code field-cases.yaml}, and what cases add. */
record CaseSettings(List<FieldCase> cases) {
    /** No time passes while documents are fetched, so all are fetched in one second. */
    private static final String FETCHES_PER_SECOND = "IPN_GATEWAYS_MOLLIE_MAIN_FETCH_PER_SECOND";

    Settings read(GatewayStandIn standIn) throws IOException {
        var all = (ObjectNode) FieldCase.YAML.readTree(CaseSettings.class.getResource("/field-cases.yaml"));
        all.setAll((ObjectNode) FieldCase.YAML.readTree(BuiltInTestAccounts.yaml()));
        for (var each : cases) {
            each.accounts()
                    .forEach((gateway, accounts) -> accounts.forEach((name, own) -> {
                        var known = (ObjectNode) all.path("gateways").path(gateway);
                        var account = (ObjectNode) known.path("main").deepCopy();
                        put(known, name, account.setAll((ObjectNode) own), each);
                    }));
            each.products().forEach((name, product) -> put((ObjectNode) all.path("products"), name, product, each));
        }
        var yaml = FieldCase.YAML.writeValueAsString(all);
        var environment = new HashMap<>(Chain.UNBRAKED);
        environment.putAll(standIn.environment(Settings.parse(yaml, Map.of(), Path.of(""))));
        environment.put(FETCHES_PER_SECOND, "10000");
        return Settings.parse(yaml, environment, Path.of(""));
    }

    private static void put(ObjectNode section, String name, JsonNode value, FieldCase each) {
        var before = section.get(name);
        if (before != null && !before.equals(value)) {
            throw new IllegalArgumentException(each.name() + ": " + name
                    + ": another case has other settings for it (expected: the same, or another name)");
        }
        section.set(name, value);
    }
}
