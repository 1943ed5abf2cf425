package ipn.runtime.process;

import ipn.runtime.SafeCause;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops started parts in reverse order, even if some of them fail to stop. Thread-safe. */
public final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    /** Adds a started part, and returns it. */
    public synchronized <T extends AutoCloseable> T add(String name, T closeable) {
        parts.push(new Part(name, closeable));
        return closeable;
    }

    /** True if nothing was added, or all was stopped. */
    public synchronized boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Stops each part once; a part that fails to stop does not prevent the others. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.closeable().close();
            } catch (Exception e) {
                LOG.atError()
                        .addKeyValue("part", part.name())
                        .setCause(SafeCause.forLog(e))
                        .log("Part did not stop normally; the others are stopped anyway");
            }
        }
    }
}
