package ipn.app.stack;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says what is waited for, and what came of it.
 *
 * @param text takes pieces of lines
 */
public record Announcer(Consumer<String> text) {
    /** Says nothing. */
    public static final Announcer SILENT = new Announcer(text -> {});

    /** Starts one part. */
    <T> T step(String part, Supplier<T> start, Function<T, String> where) {
        text.accept("  %-16s ".formatted(part));
        var done = false;
        try {
            var began = System.nanoTime();
            var started = start.get();
            var took = Duration.ofNanos(System.nanoTime() - began);
            text.accept("%-38s %5d ms%n".formatted(where.apply(started), took.toMillis()));
            done = true;
            return started;
        } finally {
            if (!done) {
                text.accept(System.lineSeparator());
            }
        }
    }
}
