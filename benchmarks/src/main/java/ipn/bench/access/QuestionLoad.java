package ipn.bench.access;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Questions over HTTP in an open loop: each is due at its time, whether those before are answered or not, and its latency counts from then.
 *
 * @param port of the server
 * @param users to choose from
 */
record QuestionLoad(int port, int users) {
    private static final int CONNECTIONS = 32;
    private static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    /**
     * What came back.
     *
     * @param nanos latencies
     * @param wrong responses other than 200
     */
    record Answers(Histogram nanos, int wrong) {}

    Answers run(int perSecond, int seconds) throws InterruptedException {
        var vertx = Vertx.vertx();
        var client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        var calls = perSecond * seconds;
        var nanos = new ConcurrentHistogram(HIGHEST_NANOS, 3);
        var wrong = new AtomicInteger();
        var open = new CountDownLatch(calls);
        var random = new SplittableRandom(2);
        var start = System.nanoTime();
        for (var i = 0; i < calls; i++) {
            var due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            ask(client, StoredAccess.user(random.nextInt(users)), status -> {
                nanos.recordValue(Math.min(HIGHEST_NANOS, System.nanoTime() - due));
                if (status != 200) {
                    wrong.incrementAndGet();
                }
                open.countDown();
            });
        }
        open.await();
        var unused = vertx.close();
        return new Answers(nanos, wrong.get());
    }

    private interface OnStatus {
        void accept(int status);
    }

    private static void ask(HttpClient client, String user, OnStatus answered) {
        var unused = client.request(HttpMethod.GET, "/v1/access/" + user + "/premium")
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode()))
                .onComplete((status, failure) -> answered.accept(failure == null ? status : -1));
    }
}
