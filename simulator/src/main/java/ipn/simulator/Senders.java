package ipn.simulator;

import ipn.gateway.AccountId;
import ipn.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Reads from the settings what a gateway knows about a merchant account: its secret, its receiver. */
public final class Senders {
    private Senders() {}

    /**
     * The sender for one account; reports what is wrong to the problems of the settings.
     *
     * @return empty if it cannot be simulated; a problem then states why
     */
    public static Optional<Sender> find(Settings settings, String gateway, String account) {
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
                            "test, because a simulated payment must not grant access in a live account");
            return Optional.empty();
        }
        var id = new AccountId(gateway, account, false);
        return Simulator.find(gateway)
                .flatMap(simulated -> simulated.signingSecret(section))
                .map(secret -> new Sender(id, secret, section));
    }

    /** The account's secrets as text. */
    public static List<String> secrets(Settings account) {
        return account.secrets("secrets", true, 1).stream()
                .map(secret -> secret.text())
                .toList();
    }

    /** Names of the gateways that can be simulated. */
    public static List<String> gateways() {
        return Simulator.gateways().stream()
                .map(SimulatedGateway::name)
                .sorted()
                .toList();
    }
}
