package ipn.projector;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;

/** Whether the products and the policy in the settings of this process are those that it judges by. */
public final class SettingsMeter {
    private SettingsMeter() {}

    /** @param older whether they are an older version than the one in force */
    public static void register(MeterRegistry meters, boolean older) {
        Metric.PROJECTOR_SETTINGS_OLDER.gauge(meters, older, each -> each ? 1 : 0);
    }
}
