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
import java.net.URI;
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
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Sends calls to the ingress: closed loop over a number of connections, or open loop at a fixed rate. */
public final class LoadClient implements AutoCloseable {
    private static final long LATENCY_MICROS_MAX = TimeUnit.MINUTES.toMicros(2);
    private static final int NO_RESPONSE = 0;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final URI url;
    private final int connections;
    private final Map<String, Long> acknowledgedAt = new ConcurrentHashMap<>();
    private final Map<IngressCall.Kind, Map<Integer, LongAdder>> statuses = new ConcurrentHashMap<>();
    private final Queue<IngressCall> unanswered = new ConcurrentLinkedQueue<>();
    private final Histogram latencyMicros = new ConcurrentHistogram(LATENCY_MICROS_MAX, 3);

    public LoadClient(URI url, int connections) {
        this.url = url;
        this.connections = connections;
        var options = new HttpClientOptions().setKeepAlive(true).setIdleTimeout(60);
        client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    }

    /** Closed loop: each connection sends its next call when it has the response to the last one. */
    void sendAll(List<IngressCall> calls) throws InterruptedException {
        var next = new AtomicInteger();
        var done = new CountDownLatch(calls.size());
        for (var i = 0; i < connections; i++) {
            vertx.runOnContext(ignored -> sendNext(calls, next, done));
        }
        done.await();
    }

    private void sendNext(List<IngressCall> calls, AtomicInteger next, CountDownLatch done) {
        var index = next.getAndIncrement();
        if (index < calls.size()) {
            send(calls.get(index), System.nanoTime()).onComplete(status -> {
                done.countDown();
                sendNext(calls, next, done);
            });
        }
    }

    /** Sends all as {@link #sendAll}; returns the calls that were neither accepted nor rejected, such as 503 or a connection reset. */
    List<IngressCall> sendAndReturnUnanswered(List<IngressCall> calls) throws InterruptedException {
        unanswered.clear();
        sendAll(calls);
        return List.copyOf(unanswered);
    }

    /** Open loop: call {@code n} is due after {@code n / rate} seconds, and its latency is measured from then. */
    public void sendAtRate(int ratePerSecond, List<IngressCall> calls) throws InterruptedException {
        var done = new CountDownLatch(calls.size());
        var began = System.nanoTime();
        for (var i = 0; i < calls.size(); i++) {
            var due = began + i * TimeUnit.SECONDS.toNanos(1) / ratePerSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
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
        if (status == NO_RESPONSE || status >= 500) {
            unanswered.add(call);
        }
        if (status >= 200 && status < 300) {
            acknowledgedAt.putIfAbsent(call.eventKey(), now);
        }
    }

    /** The time of the first 2xx response of each event, by {@link System#nanoTime()}. */
    Map<String, Long> acknowledgedAt() {
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
