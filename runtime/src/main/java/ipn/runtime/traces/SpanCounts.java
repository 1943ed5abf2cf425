package ipn.runtime.traces;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the spans of a stage by what became of them, and bounds those that wait for the collector. Thread-safe. */
final class SpanCounts {
    /** Above this many, new spans are dropped. */
    static final int WAITING_MAX = 2_048;

    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter exported;
    private final Counter failed;
    private final Counter full;
    private final Counter overRate;

    SpanCounts(String stage, MeterRegistry meters) {
        exported = Metric.TRACES_SPANS.counter(meters, stage, "exported");
        failed = Metric.TRACES_SPANS.counter(meters, stage, "failed");
        full = Metric.TRACES_SPANS.counter(meters, stage, "full");
        overRate = Metric.TRACES_SPANS.counter(meters, stage, "rate");
    }

    /** Counts a span that is to wait; false, and it is counted as dropped, if too many wait. */
    boolean admit() {
        if (waiting.incrementAndGet() <= WAITING_MAX) {
            return true;
        }
        waiting.decrementAndGet();
        full.increment();
        return false;
    }

    /** @param accepted whether the collector has them */
    void ended(int spans, boolean accepted) {
        waiting.addAndGet(-spans);
        (accepted ? exported : failed).increment(spans);
    }

    void overRate() {
        overRate.increment();
    }
}
