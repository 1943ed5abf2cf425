package ipn.app;

import ipn.settings.Settings;

/**
 * The section {@code embedded} of the settings: ports that {@code up} and {@code demo} listen on at loopback. Port 0 means any
 * free port.
 *
 * @param kafkaPort of the broker
 * @param kafkaAdvertisedPort where clients reach the broker, if something in between forwards to it; 0: at its own port
 * @param registryPort of the schema registry
 * @param standInPort of the gateway stand-in, which answers the requests that the ingress sends to gateways; it is started with the built-in test settings only
 * @param postgresPort of PostgreSQL, which is started with the query stage if the settings name none
 */
public record EmbeddedConfig(
        int kafkaPort, int kafkaAdvertisedPort, int registryPort, int standInPort, int postgresPort) {
    static final String HOST = "127.0.0.1";
    static final String KAFKA_PORT = "kafka-port";
    static final String REGISTRY_PORT = "registry-port";
    private static final int PORT_MAX = 65_535;

    /** Reads section {@code embedded}. */
    public static EmbeddedConfig from(Settings settings) {
        var section = settings.in("embedded");
        return new EmbeddedConfig(
                section.integer(KAFKA_PORT, 9092, 0, PORT_MAX),
                section.integer("kafka-advertised-port", 0, 0, PORT_MAX),
                section.integer(REGISTRY_PORT, 8081, 0, PORT_MAX),
                section.integer("stand-in-port", 8099, 0, PORT_MAX),
                section.integer("postgres-port", 0, 0, PORT_MAX));
    }
}
