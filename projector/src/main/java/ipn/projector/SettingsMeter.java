package ipn.projector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Whether the products and the policy in the settings of this process are those that it judges by. */
public final class SettingsMeter {
    private SettingsMeter() {}

    /** @param older whether they are an older version than the one in force */
    public static void register(MeterRegistry meters, boolean older) {
        Gauge.builder("ipn.projector.settings.older", () -> older ? 1 : 0).register(meters);
    }
}
