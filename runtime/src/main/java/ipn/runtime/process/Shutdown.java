package ipn.runtime.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Stops a stage or stack when the JVM ends: by Ctrl-C, a signal or an exit. */
public final class Shutdown {
    private static volatile boolean stopping;

    private Shutdown() {}

    /**
     * Closes the resource when the JVM ends.
     *
     * @param failure receives a message if closing fails
     */
    public static void closeAtEnd(AutoCloseable running, Consumer<String> failure) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping = true;
                            close(running, failure);
                        },
                        "stop"));
    }

    /** Blocks until a part stops by itself, and returns the reason; does not return if a signal ends the JVM. */
    public static String await(CompletableFuture<String> ended) {
        try {
            var reason = ended.get();
            if (stopping) {
                // the shutdown hook is stopping all parts; the JVM ends after the last one
                new CountDownLatch(1).await();
            }
            return reason;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static void close(AutoCloseable running, Consumer<String> failure) {
        try {
            running.close();
        } catch (Exception e) {
            failure.accept("stopping failed: " + e);
        }
    }
}
