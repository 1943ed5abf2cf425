package ipn.app.canary;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What the canary shows. */
public final class CanaryMeters {
    private static final List<String> RESULTS = List.of("entitled", "lost", "refused");

    private final MeterRegistry meters;
    private final Clock clock;
    private volatile double lastSeconds;

    public CanaryMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        // before the first one, it is not late yet
        this.lastSeconds = now();
        RESULTS.forEach(result -> Metric.CANARY_NOTIFICATIONS.counter(meters, result)); // growth from 0 is seen
        Metric.CANARY_LAST_SECONDS.gauge(meters, this, each -> each.lastSeconds);
    }

    /** One went all the way, or did not. */
    public void note(Beat beat) {
        var result = beat.isWell() ? "entitled" : beat.status() >= 200 && beat.status() < 300 ? "lost" : "refused";
        Metric.CANARY_NOTIFICATIONS.counter(meters, result).increment();
        if (result.equals("refused")) {
            return;
        }
        Metric.CANARY_ACKNOWLEDGED.timer(meters).record(Duration.ofMillis(beat.acknowledgedMs()));
        beat.entitledMs().ifPresent(time -> {
            Metric.CANARY_ENTITLED.timer(meters).record(Duration.ofMillis(time));
            lastSeconds = now();
        });
    }

    private double now() {
        return clock.millis() / 1_000.0;
    }
}
