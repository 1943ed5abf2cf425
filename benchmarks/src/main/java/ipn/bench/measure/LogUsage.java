package ipn.bench.measure;

/**
 * What was written to log files of a broker.
 *
 * @param records without markers; those of aborted transactions included
 * @param batches of records, each with a header of its own
 * @param markers ends of transactions: one for each transaction and partition that it wrote to
 * @param aborts the markers of aborted transactions among them
 * @param bytes of all of them as stored
 */
public record LogUsage(long records, long batches, long markers, long aborts, long bytes) {
    public static final LogUsage NONE = new LogUsage(0, 0, 0, 0, 0);

    public LogUsage plus(LogUsage other) {
        return new LogUsage(
                records + other.records,
                batches + other.batches,
                markers + other.markers,
                aborts + other.aborts,
                bytes + other.bytes);
    }
}
