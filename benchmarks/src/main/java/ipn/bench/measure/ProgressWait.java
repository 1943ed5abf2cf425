package ipn.bench.measure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Waits for what a run is about, but not for ever; tells on standard error what it waits for. */
public final class ProgressWait {
    private static final Duration AT_MOST = Duration.ofMinutes(10);
    private static final Duration WITHOUT_MOVING = Duration.ofMinutes(2);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 100;

    private int last = -1;
    private long movedAt = System.nanoTime();

    /** @throws IllegalStateException where it is not so within ten minutes */
    public static void await(String what, BooleanSupplier condition) {
        if (!within(what, condition)) {
            throw new IllegalStateException(what + ": not within " + AT_MOST.toSeconds() + " s");
        }
    }

    /** False where it is not so within ten minutes. */
    public static boolean within(String what, BooleanSupplier condition) {
        System.err.println("waiting until: " + what);
        var deadline = System.nanoTime() + AT_MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            look();
        }
        return true;
    }

    /** Waits until all are done, or nothing has been for two minutes. */
    public static void whileMoving(String what, IntSupplier done, int all) {
        System.err.println("waiting until: " + what);
        var patience = new ProgressWait();
        var told = System.nanoTime();
        while (done.getAsInt() < all && patience.moves(done.getAsInt())) {
            if (System.nanoTime() - told > TOLD_EVERY.toNanos()) {
                System.err.printf("  %,d of %,d%n", done.getAsInt(), all);
                told = System.nanoTime();
            }
            look();
        }
    }

    /** False once this has been the same for two minutes. */
    public boolean moves(int done) {
        if (done != last) {
            last = done;
            movedAt = System.nanoTime();
        }
        return System.nanoTime() - movedAt < WITHOUT_MOVING.toNanos();
    }

    private static void look() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
}
