package ipn.app.stack;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Prints the steps of a start and how long each took.
 *
 * @param text receives parts of lines
 */
public record Announcer(Consumer<String> text) {
    /** Prints nothing. */
    public static final Announcer SILENT = new Announcer(text -> {});

    /** Runs one step, and prints its name before and its result after. */
    <T> T step(String part, Supplier<T> start, Function<T, String> where) {
        text.accept("  %-16s ".formatted(part));
        var done = false;
        try {
            var startedAt = System.nanoTime();
            var started = start.get();
            var elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
            text.accept("%-38s %5d ms%n".formatted(where.apply(started), elapsed.toMillis()));
            done = true;
            return started;
        } finally {
            if (!done) {
                text.accept(System.lineSeparator());
            }
        }
    }
}
