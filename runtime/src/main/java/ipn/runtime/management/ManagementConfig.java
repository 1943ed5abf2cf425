package ipn.runtime.management;

import ipn.settings.Settings;

/**
 * The section {@code management} of the settings.
 *
 * @param host address to listen on
 * @param port to listen on; 0: a free one
 */
public record ManagementConfig(String host, int port) {
    /** Reads section {@code management}. */
    public static ManagementConfig from(Settings settings) {
        var section = settings.in("management");
        return new ManagementConfig(section.text("host", "127.0.0.1"), section.integer("port", 9464, 0, 65_535));
    }
}
