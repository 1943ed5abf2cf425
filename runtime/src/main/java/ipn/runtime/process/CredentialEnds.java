package ipn.runtime.process;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Shows how long certificates or secrets of a stage still last, by the key of the settings that names them. Thread-safe. */
public final class CredentialEnds {
    private final Metric metric;
    private final String stage;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Set<String> shown = new HashSet<>();
    private volatile Map<String, Instant> ends = Map.of();

    private CredentialEnds(Metric metric, String stage, MeterRegistry meters, Clock clock) {
        this.metric = metric;
        this.stage = stage;
        this.meters = meters;
        this.clock = clock;
    }

    /** Of certificates. */
    public static CredentialEnds ofCertificates(String stage, MeterRegistry meters, Clock clock) {
        return new CredentialEnds(Metric.CERTIFICATE_LEFT_SECONDS, stage, meters, clock);
    }

    /** Of secrets. */
    public static CredentialEnds ofSecrets(String stage, MeterRegistry meters, Clock clock) {
        return new CredentialEnds(Metric.SECRET_LEFT_SECONDS, stage, meters, clock);
    }

    /** From now on these are shown. A key that is no longer there is not a number, because its series cannot end. */
    public synchronized void show(Map<String, Instant> now) {
        ends = Map.copyOf(now);
        for (var key : ends.keySet()) {
            if (shown.add(key)) {
                metric.gauge(meters, key, this::left, stage, key);
            }
        }
    }

    private double left(String key) {
        var end = ends.get(key);
        return end == null ? Double.NaN : (end.toEpochMilli() - clock.millis()) / (double) TimeUnit.SECONDS.toMillis(1);
    }
}
