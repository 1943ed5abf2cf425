package ipn.access.order;

import ipn.settings.Settings;
import java.time.Duration;

/**
 * Orders over HTTP.
 *
 * @param enabled false: they are not accepted, and the topic is neither read nor written
 * @param remembered how many orders are known, the newest
 * @param window how old an order may be that is known
 */
public record OrderSettings(boolean enabled, int remembered, Duration window) {
    /** Reads section {@code orders}. */
    public static OrderSettings from(Settings section) {
        return new OrderSettings(
                section.flag("enabled", true),
                section.integer("remembered", 200_000, 1, 10_000_000),
                section.duration("window", Duration.ofHours(24), Duration.ofDays(7)));
    }
}
