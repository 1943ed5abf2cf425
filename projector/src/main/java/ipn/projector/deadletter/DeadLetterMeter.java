package ipn.projector.deadletter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;
import ipn.runtime.traces.RecordStep;
import ipn.topics.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts the dead letters that the projector emits, by reason, and marks the spans of their records as failed. Thread-safe. */
public final class DeadLetterMeter {
    private final Map<Reason, Counter> emitted = new EnumMap<>(Reason.class);

    public DeadLetterMeter(MeterRegistry meters) {
        for (var reason : Reason.values()) {
            emitted.put(reason, Metric.PROJECTOR_DEAD_LETTERS.counter(meters, reason.name()));
        }
    }

    /** One was emitted, because of the record that this thread processes. */
    public void count(Reason reason) {
        RecordStep.current().fail(reason.name());
        Objects.requireNonNull(emitted.get(reason)).increment();
    }
}
