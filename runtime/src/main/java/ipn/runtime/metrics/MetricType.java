package ipn.runtime.metrics;

import java.time.Duration;
import java.util.List;

/** What kind of series a metric has. */
public enum MetricType {
    /** A value that goes up and down. */
    GAUGE("gauge", List.of()),
    /** A value that only grows. */
    COUNTER("counter", List.of()),
    /** Count, sum and maximum of times. */
    TIMER("timer", List.of()),
    /** A timer with buckets for what a client waits for. */
    REQUEST_HISTOGRAM("histogram", List.of(1L, 2L, 5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 5_000L, 10_000L)),
    /** A timer with buckets for the way of a record, from a few milliseconds to hours after an outage. */
    PIPELINE_HISTOGRAM(
            "histogram",
            List.of(
                    10L,
                    25L,
                    50L,
                    100L,
                    250L,
                    500L,
                    1_000L,
                    2_500L,
                    5_000L,
                    10_000L,
                    60_000L,
                    600_000L,
                    3_600_000L,
                    21_600_000L));

    private final String text;
    private final List<Duration> buckets;

    MetricType(String text, List<Long> bucketsMs) {
        this.text = text;
        this.buckets = bucketsMs.stream().map(Duration::ofMillis).toList();
    }

    /** Its name in the documentation. */
    public String text() {
        return text;
    }

    /** Upper bounds of the buckets; empty: it has none. */
    public List<Duration> buckets() {
        return buckets;
    }

    /** Lines of {@code /metrics} of one series: count, sum and maximum of a timer, and its buckets with the one that has no upper bound. */
    public int lines() {
        return !isTimer() ? 1 : buckets.isEmpty() ? 3 : buckets.size() + 4;
    }

    /** Whether it measures times. */
    public boolean isTimer() {
        return this == TIMER || !buckets.isEmpty();
    }
}
