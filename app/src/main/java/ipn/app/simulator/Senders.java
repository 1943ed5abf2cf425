package ipn.app.simulator;

import ipn.gateway.AccountId;
import ipn.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Finds out of the settings what a gateway would know of a merchant account: its secret, its receiver. */
public final class Senders {
    private Senders() {}

    /**
     * The sender for one account; what is wrong goes to the problems of the settings.
     *
     * @return empty where it cannot be simulated; then a problem says why
     */
    public static Optional<Sender> of(Settings settings, String gateway, String account) {
        var section = settings.in("gateways").in(gateway).in(account);
        var known = settings.in("gateways").in(gateway).names();
        if (!known.contains(account)) {
            settings.problems().add(section.path(), "not configured", "one of " + String.join(", ", known));
            return Optional.empty();
        }
        if (!section.text("mode", "").equals("test")) {
            settings.problems()
                    .add(
                            section.full("mode"),
                            "not test",
                            "test; a simulated payment to a live account would grant for nothing");
            return Optional.empty();
        }
        var id = new AccountId(gateway, account, false);
        var receiver = section.list("receiver").stream().findFirst().orElse("");
        return secret(section, gateway).map(secret -> new Sender(id, secret, receiver));
    }

    private static Optional<String> secret(Settings section, String gateway) {
        if (gateway.equals("paypal-ipn")) {
            return Optional.of(PayPalStandIn.TEST_KEY);
        }
        var secrets = section.secrets("secrets", true, 1).stream()
                .map(secret -> secret.text())
                .toList();
        var usable =
                secrets.stream().filter(secret -> secret.startsWith("whsec_")).findFirst();
        if (usable.isEmpty() && !secrets.isEmpty()) {
            section.problems().add(section.full("secrets"), "none can sign", "a shared secret, whsec_...");
        }
        return usable;
    }

    /** Names of the gateways that can be simulated. */
    public static List<String> gateways() {
        return Simulator.gateways().stream().map(SimulatedGateway::name).toList();
    }
}
