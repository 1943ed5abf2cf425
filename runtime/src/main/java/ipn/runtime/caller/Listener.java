package ipn.runtime.caller;

/**
 * A server of ours, as the settings know it.
 *
 * @param section of the settings, and name of the stage
 * @param port unless the settings name another
 * @param rate unless the settings say how often one caller may ask in a second
 */
public record Listener(String section, int port, int rate) {}
