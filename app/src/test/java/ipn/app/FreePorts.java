package ipn.app;

import java.util.HashMap;
import java.util.Map;

/** Variables that let each part of an embedded stack choose a free port. */
public final class FreePorts {
    private static final Map<String, String> VARIABLES = Map.of(
            "IPN_INGRESS_PORT", "0",
            "IPN_QUERY_PORT", "0",
            "IPN_ACCESS_PORT", "0",
            "IPN_MANAGEMENT_PORT", "0",
            "IPN_EMBEDDED_KAFKA_PORT", "0",
            "IPN_EMBEDDED_REGISTRY_PORT", "0",
            "IPN_EMBEDDED_STAND_IN_PORT", "0");

    private FreePorts() {}

    public static Map<String, String> variables() {
        return VARIABLES;
    }

    /** With more variables. */
    public static Map<String, String> with(Map<String, String> more) {
        var all = new HashMap<>(VARIABLES);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
