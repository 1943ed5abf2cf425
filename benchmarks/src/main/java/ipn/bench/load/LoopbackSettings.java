package ipn.bench.load;

import java.util.HashMap;
import java.util.Map;

/**
 * The settings of a pipeline on loopback, as environment variables.
 *
 * @param port of the ingress; the others are derived from it
 */
public record LoopbackSettings(int port) {
    /** The many refunds of a workload must neither engage the brake nor wait. */
    public static final Map<String, String> WITHOUT_BRAKE =
            Map.of("IPN_BRAKE_MAX", "1000000000", "IPN_BRAKE_SHARE", "100", "IPN_INGRESS_REFUNDS_PER_SECOND", "0");

    private static final String BROKER = "IPN_EMBEDDED_KAFKA_PORT";
    private static final String REGISTRY = "IPN_EMBEDDED_REGISTRY_PORT";

    /** The port on which the broker listens. */
    public int brokerPort() {
        return port + 1;
    }

    /** The port on which the registry listens. */
    public int registryPort() {
        return port + 2;
    }

    /** The port of the stand-in of gateways that are asked. */
    public int standInPort() {
        return port + 3;
    }

    /** Settings of all processes; the brake never engages. */
    public Map<String, String> environment() {
        return environment(WITHOUT_BRAKE);
    }

    /** Settings of all processes. */
    Map<String, String> environment(Map<String, String> overrides) {
        var all = ofStages(overrides, "127.0.0.1:" + brokerPort());
        all.put(BROKER, Integer.toString(brokerPort()));
        all.put(REGISTRY, Integer.toString(registryPort()));
        return Map.copyOf(all);
    }

    /** Settings of stages, which start no broker and no registry. */
    Map<String, String> ofStages(Map<String, String> overrides, String bootstrapServers) {
        var all = new HashMap<>(overrides);
        all.put("IPN_INGRESS_PORT", Integer.toString(port));
        all.put("IPN_MANAGEMENT_PORT", Integer.toString(port + 100));
        all.put("IPN_EMBEDDED_STAND_IN_PORT", Integer.toString(standInPort()));
        all.put(
                "IPN_GATEWAYS_PAYPAL_IPN_MAIN_VERIFY_URL",
                "http://127.0.0.1:%s/cgi-bin/webscr".formatted(Integer.toString(standInPort())));
        all.put("IPN_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        all.put("IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + registryPort());
        return all;
    }
}
