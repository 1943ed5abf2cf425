package ipn.query.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that wait for the database, as many as it gives connections, with a bounded queue before them. */
final class Workers implements AutoCloseable {
    private static final int WAITING_PER_THREAD = 16;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(6);

    private final ThreadPoolExecutor threads;

    Workers(int count) {
        threads = new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(count * WAITING_PER_THREAD), work -> {
                    var thread = new Thread(work, "query-worker");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Fails with {@link Problem#BUSY} if too many questions wait. */
    <T> Future<T> submit(Callable<T> work) {
        var result = Promise.<T>promise();
        try {
            threads.execute(() -> {
                try {
                    result.complete(work.call());
                } catch (Throwable e) {
                    result.fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.fail(new ProblemException(Problem.BUSY));
        }
        return result.future();
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            var unused = threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
