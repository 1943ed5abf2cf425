package ipn.app;

import ipn.settings.Settings;

/**
 * The section {@code embedded} of the settings: what {@code up} and {@code demo} bring with them, on loopback. Port 0 is any
 * free one.
 *
 * @param kafkaPort of the broker
 * @param registryPort of the schema registry
 * @param standInPort of the stand-in for the gateways that are asked; only beside the built-in test settings
 */
public record EmbeddedConfig(int kafkaPort, int registryPort, int standInPort) {
    private static final int PORT_MAX = 65_535;

    /** Reads section {@code embedded}. */
    public static EmbeddedConfig from(Settings settings) {
        var section = settings.in("embedded");
        return new EmbeddedConfig(
                section.integer("kafka-port", 9092, 0, PORT_MAX),
                section.integer("registry-port", 8081, 0, PORT_MAX),
                section.integer("stand-in-port", 8099, 0, PORT_MAX));
    }
}
