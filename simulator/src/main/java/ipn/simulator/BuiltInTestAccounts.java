package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The test accounts that every simulated gateway can send for. Their secrets are public. */
public final class BuiltInTestAccounts {
    private BuiltInTestAccounts() {}

    /** Settings of one test account of each gateway, as YAML with the single section {@code gateways}. */
    public static String yaml() {
        try (var yaml = BuiltInTestAccounts.class.getResourceAsStream("test-accounts.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException(
                        "test-accounts.yaml: not on the class path (expected: a resource of the simulator)");
            }
            return new String(yaml.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
