package ipn.bench.measure;

import java.time.Duration;

/** Detects that a count has not changed for two minutes. */
public final class StallDetector {
    static final Duration TIMEOUT = Duration.ofMinutes(2);

    private int last = -1;
    private long changedAt = System.nanoTime();

    /** Takes the current count; true if it has been the same for two minutes. */
    public boolean stalled(int count) {
        if (count != last) {
            last = count;
            changedAt = System.nanoTime();
        }
        return System.nanoTime() - changedAt >= TIMEOUT.toNanos();
    }
}
