package ipn.projector.access;

import ipn.settings.Settings;

/** What a fraud flag does besides suspending what the flagged money paid for. */
public enum FraudPolicy {
    /** Nothing. */
    SUSPEND,
    /** It suspends everything of the subject until the flag is cleared. */
    BLOCK;

    /** Reads {@code policy.fraud}; what is wrong goes to the problems of the settings. */
    public static FraudPolicy from(Settings settings) {
        return settings.in("policy").choice("fraud", FraudPolicy.class, SUSPEND);
    }
}
