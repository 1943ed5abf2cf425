package ipn.ingress;

import ipn.avro.RejectedAttempt;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.RateLimit;
import ipn.gateway.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts that were not authentic: enough to see an attack or a rotated secret, in a trickle that no attack can turn into
 * a flood. Best effort, on a thread of its own, so that no 401 waits for it.
 */
final class RejectedLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedLog.class);
    private static final int PER_SECOND = 5;
    private static final int BURST = 20;
    private static final int QUEUE_MAX = 16;

    private final Consumer<RejectedAttempt> sink;
    private final IngressMetrics metrics;
    private final Map<AccountId, Trickle> trickles = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor writer;

    /** What one account has written and left out. */
    private record Trickle(RateLimit limit, AtomicLong suppressed) {
        static Trickle fresh() {
            return new Trickle(new RateLimit(PER_SECOND, BURST, System.nanoTime()), new AtomicLong());
        }
    }

    RejectedLog(Consumer<RejectedAttempt> sink, IngressMetrics metrics) {
        this.sink = sink;
        this.metrics = metrics;
        this.writer = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_MAX), task -> {
            var thread = new Thread(task, "ipn-ingress-rejected");
            thread.setDaemon(true);
            return thread;
        });
    }

    void note(AccountId account, Delivery delivery, Verdict.Reason reason) {
        var trickle = trickles.computeIfAbsent(account, id -> Trickle.fresh());
        var written = trickle.limit().allows(System.nanoTime()) && enqueue(account, delivery, reason, trickle);
        if (!written) {
            trickle.suppressed().incrementAndGet();
        }
        metrics.rejected(account, reason.name(), written);
    }

    private boolean enqueue(AccountId account, Delivery delivery, Verdict.Reason reason, Trickle trickle) {
        try {
            writer.execute(() -> write(
                    attempt(account, delivery, reason, trickle.suppressed().getAndSet(0))));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void write(RejectedAttempt attempt) {
        try {
            sink.accept(attempt);
        } catch (RuntimeException e) {
            // neither registry nor Kafka may be there; the metric and the request's log line remain
            LOG.atDebug().addKeyValue("cause", e.getClass().getName()).log("A rejected attempt was not written");
        }
    }

    private static RejectedAttempt attempt(
            AccountId account, Delivery delivery, Verdict.Reason reason, long suppressed) {
        return RejectedAttempt.newBuilder()
                .setGateway(account.gateway())
                .setAccount(account.account())
                .setReason(reason.name())
                .setBodyBytes(delivery.body().size())
                .setBodySha256(delivery.body().sha256())
                .setHeaderNames(
                        new TreeSet<>(delivery.headers().keySet()).stream().toList())
                .setSuppressed(suppressed)
                .setReceivedAt(delivery.receivedAt())
                .build();
    }

    /** What cannot be written within the timeout is let go. */
    void close(Duration timeout) {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(1));
    }
}
