package ipn.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import ipn.bench.measure.StallDetector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Sends calls to the ingress: closed loop over a number of connections, or open loop at a fixed rate. */
public final class LoadClient implements AutoCloseable {
    private static final long LATENCY_MICROS_MAX = TimeUnit.MINUTES.toMicros(2);
    /** In place of the status of a call without a response. */
    static final int NO_RESPONSE = 0;

    static final int TOO_MANY = 429;
    private static final Duration RESEND_PAUSE = Duration.ofMillis(50);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final URI url;
    private final int connections;
    private final Map<String, Long> acknowledgedAt = new ConcurrentHashMap<>();
    private final Map<IngressCall.Kind, Map<Integer, LongAdder>> statuses = new ConcurrentHashMap<>();
    private final Queue<Attempt> unanswered = new ConcurrentLinkedQueue<>();
    private final Histogram latencyMicros = new ConcurrentHistogram(LATENCY_MICROS_MAX, 3);

    /** @param due when the call was to be sent, by {@link System#nanoTime()} */
    private record Attempt(IngressCall call, long due) {}

    public LoadClient(URI url, int connections) {
        this.url = url;
        this.connections = connections;
        var options = new HttpClientOptions().setKeepAlive(true).setIdleTimeout(60);
        client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1))
                // a call whose connection ends has no response; a log line would tell no more
                .withConnectHandler(connection -> connection.exceptionHandler(ignored -> {}))
                .build();
    }

    /** Closed loop: each connection sends its next call when it has the response to the last one. */
    private void sendAll(List<IngressCall> calls) throws InterruptedException {
        forEach(calls, call -> send(call, System.nanoTime()));
    }

    private <T> void forEach(List<T> all, Function<T, Future<Integer>> send) throws InterruptedException {
        var next = new AtomicInteger();
        var done = new CountDownLatch(all.size());
        for (var i = 0; i < connections; i++) {
            vertx.runOnContext(ignored -> sendNext(all, send, next, done));
        }
        done.await();
    }

    private <T> void sendNext(List<T> all, Function<T, Future<Integer>> send, AtomicInteger next, CountDownLatch done) {
        var index = next.getAndIncrement();
        if (index < all.size()) {
            send.apply(all.get(index)).onComplete(status -> {
                done.countDown();
                sendNext(all, send, next, done);
            });
        }
    }

    /**
     * Sends all as {@link #sendAll}, and again until each is accepted or rejected, as gateways do: a call without a response, or with status
     * 429 or 500 and more, is neither.
     *
     * @return the number of calls sent again; a call counts each time
     */
    public int sendAllUntilAnswered(List<IngressCall> calls) throws InterruptedException {
        sendAll(calls);
        return resendUntilAnswered(ignored -> System.nanoTime());
    }

    /** Sends all as {@link #sendAtRate}, then as {@link #sendAllUntilAnswered}. Latencies are measured from when a call was first due. */
    public int sendAtRateUntilAnswered(int ratePerSecond, List<IngressCall> calls) throws InterruptedException {
        sendAtRate(ratePerSecond, calls);
        return resendUntilAnswered(Attempt::due);
    }

    /** Calls that stay without an answer for two minutes are given up; their responses are in {@link #statuses}. */
    private int resendUntilAnswered(ToLongFunction<Attempt> due) throws InterruptedException {
        var stalls = new StallDetector();
        var resent = 0;
        while (!unanswered.isEmpty() && !stalls.stalled(unanswered.size())) {
            TimeUnit.MILLISECONDS.sleep(RESEND_PAUSE.toMillis());
            var remaining = List.copyOf(unanswered);
            unanswered.clear();
            resent += remaining.size();
            forEach(remaining, attempt -> send(attempt.call(), due.applyAsLong(attempt)));
        }
        return resent;
    }

    /** Calls that were neither accepted nor rejected. */
    public int unanswered() {
        return unanswered.size();
    }

    /** Open loop: call {@code n} is due after {@code n / rate} seconds, and its latency is measured from then. */
    public void sendAtRate(int ratePerSecond, List<IngressCall> calls) throws InterruptedException {
        var done = new CountDownLatch(calls.size());
        var began = System.nanoTime();
        for (var i = 0; i < calls.size(); i++) {
            var due = began + i * TimeUnit.SECONDS.toNanos(1) / ratePerSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            var call = calls.get(i);
            vertx.runOnContext(ignored -> send(call, due).onComplete(status -> done.countDown()));
        }
        done.await();
    }

    private Future<Integer> send(IngressCall call, long due) {
        var request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI("/ipn/" + call.gateway() + "/main")
                .setTimeout(30_000);
        call.outgoing().headers().forEach(request::addHeader);
        Promise<Integer> response = Promise.promise();
        client.request(request)
                .compose(out -> out.send(Buffer.buffer(call.outgoing().body().array())))
                .compose(in -> in.end().map(in.statusCode()))
                .otherwise(NO_RESPONSE)
                .onComplete(result -> {
                    record(call, result.result(), due);
                    response.complete(result.result());
                });
        return response.future();
    }

    private void record(IngressCall call, int status, long due) {
        var now = System.nanoTime();
        latencyMicros.recordValue(Math.min(LATENCY_MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(now - due)));
        statuses.computeIfAbsent(call.kind(), kind -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, code -> new LongAdder())
                .increment();
        if (status == NO_RESPONSE || status == TOO_MANY || status >= 500) {
            unanswered.add(new Attempt(call, due));
        }
        if (status >= 200 && status < 300) {
            acknowledgedAt.putIfAbsent(call.eventKey(), now);
        }
    }

    /** The time of the first 2xx response of each event, by {@link System#nanoTime()}. */
    public Map<String, Long> acknowledgedAt() {
        return acknowledgedAt;
    }

    /** The time from sending a call, or from when it was due, to its response. */
    public Histogram latencyMicros() {
        return latencyMicros;
    }

    /** The number of responses by kind of call and status; status 0 means no response. */
    public Map<IngressCall.Kind, Map<Integer, Long>> statuses() {
        var all = new TreeMap<IngressCall.Kind, Map<Integer, Long>>();
        statuses.forEach((kind, counts) -> {
            var each = new TreeMap<Integer, Long>();
            counts.forEach((status, count) -> each.put(status, count.sum()));
            all.put(kind, each);
        });
        return all;
    }

    @Override
    public void close() {
        client.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
