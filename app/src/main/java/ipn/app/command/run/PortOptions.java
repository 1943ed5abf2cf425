package ipn.app.command.run;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Ports of the embedded stack; they override the environment and the settings file. */
final class PortOptions {
    private final Map<String, String> variables = new TreeMap<>();

    @Option(
            names = "--ingress-port",
            paramLabel = "PORT",
            description =
                    "Port on which the ingress receives notifications; 0 means any free port. Default: the port in the settings, else 8080.")
    void ingress(int port) {
        set("IPN_INGRESS_PORT", port);
    }

    @Option(
            names = "--access-port",
            paramLabel = "PORT",
            description =
                    "Port on which the access question is answered; 0 means any free port. Default: the port in the settings, else 8086.")
    void access(int port) {
        set("IPN_ACCESS_PORT", port);
    }

    @Option(
            names = "--query-port",
            paramLabel = "PORT",
            description =
                    "Port on which questions are answered; 0 means any free port. Default: the port in the settings, else 8085.")
    void query(int port) {
        set("IPN_QUERY_PORT", port);
    }

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "Port of /health and /metrics; 0 means any free port. Default: 9464.")
    void management(int port) {
        set("IPN_MANAGEMENT_PORT", port);
    }

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "Port of the embedded Kafka; 0 means any free port. Default: 9092.")
    void kafka(int port) {
        set("IPN_EMBEDDED_KAFKA_PORT", port);
    }

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "Port of the embedded schema registry; 0 means any free port. Default: 8081.")
    void registry(int port) {
        set("IPN_EMBEDDED_REGISTRY_PORT", port);
    }

    @Option(
            names = "--stand-in-port",
            paramLabel = "PORT",
            description =
                    "Port of the gateway stand-in, which answers the requests that the ingress sends to gateways; 0 means any free port. It runs with the built-in test settings only. Default: 8099.")
    void standIn(int port) {
        set("IPN_EMBEDDED_STAND_IN_PORT", port);
    }

    private void set(String variable, int port) {
        variables.put(variable, Integer.toString(port));
    }

    /** The ports as environment variables. */
    Map<String, String> variables() {
        return new HashMap<>(variables);
    }
}
