package ipn.ingress;

import ipn.gateway.Verdict;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Threads for signatures too slow to verify on an event loop. Its queue is short: what waits long is late anyway. */
final class Verifiers implements AutoCloseable {
    private static final int QUEUE_PER_THREAD = 64;

    private final ThreadPoolExecutor threads;

    Verifiers(int count) {
        var number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                count, count, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(count * QUEUE_PER_THREAD), task -> {
                    var thread = new Thread(task, "ipn-ingress-verifier-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws Refusal BUSY, if too many wait */
    CompletionStage<Verdict> submit(Supplier<CompletionStage<Verdict>> verification) {
        try {
            return CompletableFuture.supplyAsync(verification, threads).thenCompose(Function.identity());
        } catch (RejectedExecutionException e) {
            throw new Refusal(Answer.BUSY);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
