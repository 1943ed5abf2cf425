package ipn.ingress.log;

import ipn.avro.RejectedAttempt;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.RateLimit;
import ipn.gateway.Verdict;
import ipn.runtime.SafeCause;
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
 * Writes attempts that were not authentic, so that an attack or a rotated secret can be seen. A rate limit per account keeps
 * an attack from flooding the topic. Best effort, on a thread of its own, so that no response waits for it.
 */
public final class RejectedLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedLog.class);
    private static final int PER_SECOND = 5;
    private static final int BURST = 20;
    private static final int QUEUE_MAX = 16;

    private final Consumer<RejectedAttempt> sink;
    private final Meter meter;
    private final Map<AccountId, Quota> quotas = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor writer;

    /** The rate limit of one account, and how many attempts were left out since the last one written. */
    private record Quota(RateLimit limit, AtomicLong suppressed) {
        static Quota create() {
            return new Quota(new RateLimit(PER_SECOND, BURST, System.nanoTime()), new AtomicLong());
        }
    }

    /** Counts an attempt. */
    @FunctionalInterface
    public interface Meter {
        void count(AccountId account, Verdict.Reason reason, boolean published);
    }

    public RejectedLog(Consumer<RejectedAttempt> sink, Meter meter) {
        this.sink = sink;
        this.meter = meter;
        this.writer = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_MAX), task -> {
            var thread = new Thread(task, "ipn-ingress-rejected");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Writes an attempt, or only counts it if the account is over its rate limit. Never blocks. */
    public void add(AccountId account, Delivery delivery, Verdict.Reason reason) {
        var quota = quotas.computeIfAbsent(account, id -> Quota.create());
        var written = quota.limit().allows(System.nanoTime()) && enqueue(account, delivery, reason, quota);
        if (!written) {
            quota.suppressed().incrementAndGet();
        }
        meter.count(account, reason, written);
    }

    private boolean enqueue(AccountId account, Delivery delivery, Verdict.Reason reason, Quota quota) {
        try {
            writer.execute(() ->
                    write(attempt(account, delivery, reason, quota.suppressed().getAndSet(0))));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void write(RejectedAttempt attempt) {
        try {
            sink.accept(attempt);
        } catch (RuntimeException e) {
            // Kafka or the schema registry may be unavailable; the metric and the request's log line remain
            LOG.atDebug().addKeyValue("cause", SafeCause.describe(e)).log("Could not write a rejected attempt");
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

    /** Writes what is queued; discards the rest after the timeout. */
    public void close(Duration timeout) {
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
