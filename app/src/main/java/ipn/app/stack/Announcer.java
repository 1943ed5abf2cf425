package ipn.app.stack;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Says what is waited for, and what came of it. */
public record Announcer(Consumer<String> line) {

    /** Starts one part. */
    <T> T step(String part, Supplier<T> start, Function<T, String> where) {
        var began = System.nanoTime();
        var started = start.get();
        var took = Duration.ofNanos(System.nanoTime() - began);
        line.accept("  %-16s %-38s %5d ms".formatted(part, where.apply(started), took.toMillis()));
        return started;
    }
}
