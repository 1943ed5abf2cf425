package ipn.query.reader;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;

/** What the reader has done. */
public final class ReaderMetrics {
    private final Counter records;
    private final Counter unreadable;

    public ReaderMetrics(MeterRegistry meters) {
        records = Metric.QUERY_RECORDS.counter(meters);
        unreadable = Metric.QUERY_UNREADABLE.counter(meters);
    }

    void written(int read, int failed) {
        records.increment(read);
        unreadable.increment(failed);
    }

    /** Records read by this process. */
    public long records() {
        return (long) records.count();
    }
}
