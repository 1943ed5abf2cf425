package ipn.app.stack;

import ipn.app.UserException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions. */
public final class Waiting {
    private static final long PAUSE_MILLIS = 10;

    private Waiting() {}

    /** @throws UserException if it is not so in time */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw UserException.problem("%s: not within %d s (expected: sooner; the log may tell why)"
                        .formatted(what, atMost.toSeconds()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserException.problem("interrupted while waiting");
        }
    }
}
