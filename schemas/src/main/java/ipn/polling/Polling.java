package ipn.polling;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for a condition by checking it again and again.
 *
 * @param timeout the longest wait
 * @param interval the pause between two checks
 */
public record Polling(Duration timeout, Duration interval) {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    /** Waits up to the timeout, and checks every 10 ms. */
    public static Polling upTo(Duration timeout) {
        return new Polling(timeout, INTERVAL);
    }

    /** The same timeout with another pause between two checks. */
    public Polling every(Duration interval) {
        return new Polling(timeout, interval);
    }

    /**
     * True as soon as the condition holds; false if it does not hold at the timeout. It is checked at least once.
     *
     * @throws CancellationException if the thread is interrupted; it stays interrupted
     */
    public boolean until(BooleanSupplier condition) {
        return until(condition, () -> 0);
    }

    /**
     * True as soon as the condition holds; false if it does not, and the progress has not changed for as long as the timeout.
     *
     * @throws CancellationException if the thread is interrupted; it stays interrupted
     */
    public boolean until(BooleanSupplier condition, LongSupplier progress) {
        var changedAt = System.nanoTime();
        var last = progress.getAsLong();
        while (!condition.getAsBoolean()) {
            var now = progress.getAsLong();
            if (now != last) {
                last = now;
                changedAt = System.nanoTime();
            } else if (System.nanoTime() - changedAt > timeout.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting");
        }
    }
}
