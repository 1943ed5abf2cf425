package ipn.bench.chaos;

import java.util.Locale;
import java.util.SplittableRandom;

/** Chooses what an engineer does in a round: each command starts a JVM, so that all of it in each round would take too long. */
enum Operator {
    GRANT_AND_REPLAY,
    IMPORT,
    APPLY;

    /** A seed always leads to the same work, whatever its faults are. */
    static Operator ofRound(long seed) {
        return values()[new SplittableRandom(seed).nextInt(values().length)];
    }

    /** As it is written in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @param settings file of the pipeline */
    OperatorWork at(Desk desk, SettingsFile settings) {
        return switch (this) {
            case GRANT_AND_REPLAY -> new GrantAndReplay(desk);
            case IMPORT -> new ImportedUsers(desk);
            case APPLY -> new AppliedPolicy(desk, settings);
        };
    }
}
