package ipn.projector.brake;

import java.util.Optional;

/**
 * What one partition may emit within the window. Whole numbers are shared out among the partitions, so that no partition needs
 * to know of another: all partitions together may emit exactly what was set. Only the floor of the share is never less than ten.
 *
 * @param settings of the whole deployment
 * @param partition this one, from 0
 * @param partitions how many there are
 */
record BrakeLimits(BrakeSettings settings, int partition, int partitions) {
    /** However many partitions there are: nobody's refunds alone are to stop everybody's. */
    static final long SHARE_FROM_MIN = 10;

    private static final long MILLION = 1_000_000;

    BrakeLimits {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException("partition: %s (expected: 0 to %s)"
                    .formatted(Integer.toString(partition), Integer.toString(partitions - 1)));
        }
    }

    /** The most that this partition may emit within the window. */
    long max() {
        return part(settings.max());
    }

    /** Fewer within the window are no share of anything. */
    long shareFrom() {
        return Math.max(SHARE_FROM_MIN, part(settings.shareFrom()));
    }

    /**
     * Why one more may not be emitted; empty where it may.
     *
     * @param emitted within the window
     * @param active entitlements that give access now
     */
    Optional<String> reached(long emitted, long active) {
        if (emitted >= max()) {
            return Optional.of("%s revocations emitted within %s (brake.max: %s, of which this partition has %s)"
                    .formatted(emitted, settings.window(), settings.max(), max()));
        }
        // What the window took away was active too: a share of 100 % stops nothing.
        var before = active + emitted;
        var share = before * settings.shareMillionths() / MILLION;
        if (emitted >= Math.max(share, shareFrom())) {
            return Optional.of(
                    "%s revocations emitted within %s (brake.share: %s %% of %s, brake.share-from: %s, of which this partition has %s)"
                            .formatted(
                                    emitted,
                                    settings.window(),
                                    settings.sharePercent(),
                                    before,
                                    settings.shareFrom(),
                                    shareFrom()));
        }
        return Optional.empty();
    }

    private long part(long whole) {
        return whole / partitions + (partition < whole % partitions ? 1 : 0);
    }
}
