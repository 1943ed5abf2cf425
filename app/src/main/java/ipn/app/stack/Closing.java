package ipn.app.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in reverse order, whatever happens to any of it. Thread-safe. */
public final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    public synchronized <T extends AutoCloseable> T add(String name, T closeable) {
        parts.push(new Part(name, closeable));
        return closeable;
    }

    synchronized boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Stops everything once; a part that fails to stop does not keep the others. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.closeable().close();
            } catch (Exception e) {
                LOG.atError().addKeyValue("part", part.name()).setCause(e).log("did not stop in order");
            }
        }
    }
}
