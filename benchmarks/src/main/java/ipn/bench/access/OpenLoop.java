package ipn.bench.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests in an open loop: each is due at its time, whether those before are answered or not, and its latency counts from then.
 *
 * @param port of the server
 * @param connections at most
 */
record OpenLoop(int port, int connections) {
    private static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** In place of the status of a request without a response. */
    private static final int NO_RESPONSE = 0;

    /** Sends request {@code n}; its status. */
    @FunctionalInterface
    interface Request {
        Future<Integer> send(HttpClient client, int number);
    }

    /**
     * What came back.
     *
     * @param nanos latencies
     * @param statuses how often each came
     * @param seconds from the first request until the last response
     */
    record Answers(Histogram nanos, Map<Integer, Long> statuses, double seconds) {
        /** Responses with another status. */
        long other(int expected) {
            return statuses.entrySet().stream()
                    .filter(each -> each.getKey() != expected)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    Answers run(int perSecond, int seconds, Request request) throws InterruptedException {
        var vertx = Vertx.vertx();
        var client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
        var calls = perSecond * seconds;
        var nanos = new ConcurrentHistogram(HIGHEST_NANOS, 3);
        var statuses = new ConcurrentHashMap<Integer, LongAdder>();
        var open = new CountDownLatch(calls);
        var start = System.nanoTime();
        for (var i = 0; i < calls; i++) {
            var due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            request.send(client, i).onComplete((status, failure) -> {
                nanos.recordValue(Math.min(HIGHEST_NANOS, System.nanoTime() - due));
                statuses.computeIfAbsent(failure == null ? status : NO_RESPONSE, each -> new LongAdder())
                        .increment();
                open.countDown();
            });
        }
        open.await();
        var took = (System.nanoTime() - start) / 1e9;
        var unused = vertx.close();
        var counts = new TreeMap<Integer, Long>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return new Answers(nanos, counts, took);
    }
}
