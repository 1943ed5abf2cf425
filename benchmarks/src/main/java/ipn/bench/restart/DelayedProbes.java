package ipn.bench.restart;

import java.time.Duration;
import java.util.Map;

/** Finds when entitlements flow again after a kill, from purchases that arrive all the time. */
final class DelayedProbes {
    /** A purchase that takes no longer did not wait for a restart. */
    private static final Duration USUAL = Duration.ofSeconds(1);

    private DelayedProbes() {}

    /**
     * Seconds from a kill until the entitlement of the last purchase that waited longer than usual was readable; 0 if none did.
     *
     * @param acknowledgedAt the time of the response by event key, by {@link System#nanoTime()}
     * @param readableAt when the entitlement of an event was read
     * @param killedAt the time of the kill
     */
    static double seconds(Map<String, Long> acknowledgedAt, Map<String, Long> readableAt, long killedAt) {
        var last = acknowledgedAt.entrySet().stream()
                .filter(each -> readableAt.containsKey(each.getKey()))
                .filter(each -> readableAt.getOrDefault(each.getKey(), 0L) - each.getValue() > USUAL.toNanos())
                .mapToLong(each -> readableAt.getOrDefault(each.getKey(), 0L))
                .max();
        return last.isPresent() ? Math.max(0, last.getAsLong() - killedAt) / 1e9 : 0;
    }
}
