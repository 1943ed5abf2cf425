package ipn.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Vert.x with as few threads as a server needs, and without its file cache. */
public final class BoundedVertx {
    private BoundedVertx() {}

    /** Starts Vert.x with so many event loops and one worker; none of its threads keeps the JVM alive. */
    public static Vertx create(int eventLoops) {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * Waits for a future. The calling thread must not be an event loop.
     *
     * @throws IllegalStateException if it takes longer than the timeout
     */
    public static void await(Future<?> future, Duration timeout) {
        try {
            var unused = future.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("HTTP server: not started or stopped within %s".formatted(timeout), e);
        }
    }
}
