package ipn.runtime.clock;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The wall clock of a program that runs with {@link ClockAgent}: the one of the machine, and the milliseconds in a file, which
 * another process can change at any time. Monotonic time is that of the machine.
 */
public final class SteppedClock {
    /** Milliseconds ahead of the clock of the machine. */
    private static final MappedByteBuffer AHEAD = ClockFile.map(Path.of(System.getProperty("clock.file")));

    private SteppedClock() {}

    /** Instead of {@link System#currentTimeMillis()}. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + AHEAD.getLong(0);
    }

    /** Instead of {@link Instant#now()}. */
    public static Instant now() {
        return Instant.now().plusMillis(AHEAD.getLong(0));
    }
}
