package ipn.bench.measure;

import ipn.polling.Polling;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Waits for a condition up to a limit, and prints to standard error what it waits for. */
public final class ProgressWait {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final long PRINT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private ProgressWait() {}

    /** @throws IllegalStateException if the condition does not hold within ten minutes */
    public static void await(String condition, BooleanSupplier holds) {
        if (!within(condition, holds)) {
            throw new IllegalStateException("%s: not within %d s".formatted(condition, TIMEOUT.toSeconds()));
        }
    }

    /** False if the condition does not hold within ten minutes. */
    public static boolean within(String condition, BooleanSupplier holds) {
        announce(condition);
        return Polling.upTo(TIMEOUT).every(INTERVAL).until(holds);
    }

    /** Waits until the count reaches the total, or has not changed for two minutes. */
    public static void whileProgressing(String condition, IntSupplier count, int total) {
        announce(condition);
        var printedAt = new AtomicLong(System.nanoTime());
        Polling.upTo(StallDetector.TIMEOUT)
                .every(INTERVAL)
                .until(
                        () -> {
                            var now = count.getAsInt();
                            if (System.nanoTime() - printedAt.get() > PRINT_INTERVAL_NANOS) {
                                System.err.printf("  %,d of %,d%n", now, total);
                                printedAt.set(System.nanoTime());
                            }
                            return now >= total;
                        },
                        count::getAsInt);
    }

    /** Prints what a benchmark waits for. */
    public static void announce(String condition) {
        System.err.println("waiting until: " + condition);
    }
}
