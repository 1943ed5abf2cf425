package ipn.projector;

import ipn.projector.access.FraudPolicy;
import ipn.projector.brake.BrakeSettings;
import ipn.settings.Settings;

/** What keeps wrong or hostile notifications from doing much harm to access. */
public record Safeguards(BrakeSettings brake, FraudPolicy fraud) {
    public static final Safeguards DEFAULTS = new Safeguards(BrakeSettings.DEFAULTS, FraudPolicy.SUSPEND);

    /** Reads section {@code brake} and {@code policy.fraud}; what is wrong goes to the problems of the settings. */
    public static Safeguards from(Settings settings, int partitions) {
        return new Safeguards(BrakeSettings.from(settings, partitions), FraudPolicy.from(settings));
    }
}
