package ipn.ingress;

import ipn.gateway.Verdict;
import ipn.ingress.http.ErrorResponse;
import ipn.ingress.http.ErrorResponseException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Threads for signatures too slow to verify on an event loop. The queue is short: a long wait would miss the deadline. */
final class VerifierPool implements AutoCloseable {
    private static final int QUEUE_PER_THREAD = 64;

    private final ThreadPoolExecutor threads;

    VerifierPool(int count) {
        var number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                count, count, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(count * QUEUE_PER_THREAD), task -> {
                    var thread = new Thread(task, "ipn-ingress-verifier-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws ErrorResponseException BUSY if the queue is full */
    CompletionStage<Verdict> submit(Supplier<CompletionStage<Verdict>> verification) {
        try {
            return CompletableFuture.supplyAsync(verification, threads).thenCompose(Function.identity());
        } catch (RejectedExecutionException e) {
            throw new ErrorResponseException(ErrorResponse.BUSY);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
