package ipn.bench.alerts;

import ipn.bench.load.IngressCall;
import ipn.bench.load.LoadClient;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends purchases at a steady rate, whatever becomes of them. */
final class OrdinaryLoad implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    private final Purchases purchases;
    private final LoadClient client;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private volatile int rate;

    private OrdinaryLoad(URI url, Purchases purchases, int rate) {
        this.purchases = purchases;
        this.rate = rate;
        client = new LoadClient(url, CONNECTIONS);
    }

    /** @param rate calls per second */
    static OrdinaryLoad start(URI url, Purchases purchases, int rate) {
        var load = new OrdinaryLoad(url, purchases, rate);
        var unused = load.clock.scheduleAtFixedRate(load::second, 0, 1, TimeUnit.SECONDS);
        return load;
    }

    private void second() {
        var now = rate;
        send(now, purchases.next(now));
    }

    /** Sends these as well, beside what is sent anyway. */
    void send(int perSecond, List<IngressCall> calls) {
        senders.execute(() -> {
            try {
                client.sendAtRate(perSecond, calls);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it closes
            }
        });
    }

    /** From now on at another rate. */
    void rate(int perSecond) {
        rate = perSecond;
    }

    int rate() {
        return rate;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        senders.shutdownNow();
        try {
            var unused = senders.awaitTermination(10, TimeUnit.SECONDS); // nobody sends with a client that is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
