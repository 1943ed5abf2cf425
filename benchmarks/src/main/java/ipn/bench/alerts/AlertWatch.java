package ipn.bench.alerts;

import ipn.polling.Polling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks a Prometheus every second which alerts fire. */
final class AlertWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final PrometheusServer prometheus;
    private final AlertTimeline timeline = new AlertTimeline();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private AlertWatch(PrometheusServer prometheus) {
        this.prometheus = prometheus;
    }

    static AlertWatch start(PrometheusServer prometheus) {
        var watch = new AlertWatch(prometheus);
        var unused = watch.thread.scheduleWithFixedDelay(watch::note, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void note() {
        try {
            var now = Instant.now();
            timeline.note(prometheus.firing(now), now);
        } catch (IOException e) {
            System.err.println("prometheus: " + e.getMessage()); // asked again in a second
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    AlertTimeline timeline() {
        return timeline;
    }

    /** Waits until one of these has begun to fire since a time. */
    boolean awaitBegun(Set<String> names, Instant since, Duration patience) throws InterruptedException {
        return Polling.upTo(patience)
                .every(EVERY)
                .until(() -> timeline.begunSince(since).stream().anyMatch(each -> names.contains(each.name())));
    }

    /** Waits until none of these fires. */
    boolean awaitOver(Set<String> names, Duration patience) throws InterruptedException {
        return Polling.upTo(patience).every(EVERY).until(() -> !timeline.fires(names));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
