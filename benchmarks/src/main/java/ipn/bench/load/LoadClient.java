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

/** Fires calls at the ingress: as fast as a number of connections allows, or at a fixed rate whatever the answers do. */
public final class LoadClient implements AutoCloseable {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int NO_ANSWER = 0;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final URI url;
    private final int connections;
    private final Map<String, Long> acknowledgedAt = new ConcurrentHashMap<>();
    private final Map<IngressCall.Kind, Map<Integer, LongAdder>> statuses = new ConcurrentHashMap<>();
    private final Queue<IngressCall> unanswered = new ConcurrentLinkedQueue<>();
    private final Histogram latencyMicros = new ConcurrentHistogram(HIGHEST_MICROS, 3);

    public LoadClient(URI url, int connections) {
        this.url = url;
        this.connections = connections;
        var options = new HttpClientOptions().setKeepAlive(true).setIdleTimeout(60);
        client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    }

    /** Each connection fires its next call when the last one is answered. */
    void fire(List<IngressCall> shots) throws InterruptedException {
        var next = new AtomicInteger();
        var done = new CountDownLatch(shots.size());
        for (var i = 0; i < connections; i++) {
            vertx.runOnContext(nothing -> fireNext(shots, next, done));
        }
        done.await();
    }

    private void fireNext(List<IngressCall> shots, AtomicInteger next, CountDownLatch done) {
        var index = next.getAndIncrement();
        if (index < shots.size()) {
            send(shots.get(index), System.nanoTime()).onComplete(answered -> {
                done.countDown();
                fireNext(shots, next, done);
            });
        }
    }

    /** The same; returns those that were neither accepted nor refused, such as 503 or a connection reset. */
    List<IngressCall> fireAndCollectUnanswered(List<IngressCall> shots) throws InterruptedException {
        unanswered.clear();
        fire(shots);
        return List.copyOf(unanswered);
    }

    /** Open loop: call {@code n} is due at {@code n / rate}, and late answers count from then. */
    public void fireAt(int ratePerSecond, List<IngressCall> shots) throws InterruptedException {
        var done = new CountDownLatch(shots.size());
        var began = System.nanoTime();
        for (var i = 0; i < shots.size(); i++) {
            var due = began + i * TimeUnit.SECONDS.toNanos(1) / ratePerSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var shot = shots.get(i);
            vertx.runOnContext(nothing -> send(shot, due).onComplete(answered -> done.countDown()));
        }
        done.await();
    }

    private Future<Integer> send(IngressCall shot, long due) {
        var request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI("/ipn/" + shot.gateway() + "/main")
                .setTimeout(30_000);
        shot.outgoing().headers().forEach(request::addHeader);
        Promise<Integer> answered = Promise.promise();
        client.request(request)
                .compose(out -> out.send(Buffer.buffer(shot.outgoing().body().array())))
                .compose(in -> in.end().map(in.statusCode()))
                .otherwise(NO_ANSWER)
                .onComplete(status -> {
                    note(shot, status.result(), due);
                    answered.complete(status.result());
                });
        return answered.future();
    }

    private void note(IngressCall shot, int status, long due) {
        var now = System.nanoTime();
        latencyMicros.recordValue(Math.min(HIGHEST_MICROS, TimeUnit.NANOSECONDS.toMicros(now - due)));
        statuses.computeIfAbsent(shot.kind(), kind -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, code -> new LongAdder())
                .increment();
        if (status == NO_ANSWER || status >= 500) {
            unanswered.add(shot);
        }
        if (status >= 200 && status < 300) {
            acknowledgedAt.putIfAbsent(shot.eventKey(), now);
        }
    }

    /** When each event was first acknowledged, in {@link System#nanoTime()}. */
    Map<String, Long> acknowledgedAt() {
        return acknowledgedAt;
    }

    public Histogram latencyMicros() {
        return latencyMicros;
    }

    /** How often each status was answered, by kind of call; 0 stands for no answer. */
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
