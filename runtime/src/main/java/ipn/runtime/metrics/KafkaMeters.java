package ipn.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.MetricName;

/**
 * What is shown of the thousands of metrics of Kafka's clients, Kafka Streams and RocksDB: one number of each kind for a stage. They are
 * read when somebody asks for metrics, once for all numbers.
 */
public final class KafkaMeters {
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double MILLISECOND = 0.001;

    /**
     * One number.
     *
     * @param group of Kafka's metrics, like {@code name}
     * @param join how the numbers of several clients, threads or stores become one
     * @param scale factor to our unit
     */
    private record Row(Metric metric, String group, String name, DoubleBinaryOperator join, double scale) {}

    // spotless:off
    private static final List<Row> PRODUCER = List.of(
            new Row(Metric.KAFKA_SENT_RECORDS,           "producer-metrics", "record-send-rate", Double::sum, 1),
            new Row(Metric.KAFKA_SEND_ERRORS,            "producer-metrics", "record-error-rate", Double::sum, 1),
            new Row(Metric.KAFKA_SEND_RETRIES,           "producer-metrics", "record-retry-rate", Double::sum, 1),
            new Row(Metric.KAFKA_REQUEST_LATENCY_SECONDS, "producer-metrics", "request-latency-avg", Math::max, MILLISECOND),
            new Row(Metric.KAFKA_SEND_BUFFER_FREE_BYTES, "producer-metrics", "buffer-available-bytes", Math::min, 1));
    private static final List<Row> STREAMS = List.of(
            new Row(Metric.KAFKA_CONSUMED_RECORDS,       "consumer-fetch-manager-metrics", "records-consumed-rate", Double::sum, 1),
            new Row(Metric.KAFKA_FETCH_LATENCY_SECONDS,  "consumer-fetch-manager-metrics", "fetch-latency-avg", Math::max, MILLISECOND),
            new Row(Metric.KAFKA_REBALANCES,             "consumer-coordinator-metrics", "rebalance-total", Double::sum, 1),
            new Row(Metric.STREAMS_THREADS,              "stream-metrics", "alive-stream-threads", Math::max, 1),
            new Row(Metric.STREAMS_COMMITS,              "stream-thread-metrics", "commit-rate", Double::sum, 1),
            new Row(Metric.STREAMS_COMMIT_LATENCY_SECONDS, "stream-thread-metrics", "commit-latency-avg", Math::max, MILLISECOND),
            new Row(Metric.STREAMS_PROCESS_RATIO,        "stream-thread-metrics", "process-ratio", Math::max, 1),
            new Row(Metric.ROCKSDB_KEYS,                 "stream-state-metrics", "estimate-num-keys", Double::sum, 1),
            new Row(Metric.ROCKSDB_FILES_BYTES,          "stream-state-metrics", "total-sst-files-size", Double::sum, 1),
            new Row(Metric.ROCKSDB_CACHE_USED_BYTES,     "stream-state-metrics", "block-cache-usage", Math::max, 1),
            new Row(Metric.ROCKSDB_COMPACTIONS,          "stream-state-metrics", "num-running-compactions", Double::sum, 1));
    // spotless:on

    /** A client has the same metrics again for each topic. */
    private static final Set<String> OF_TOPIC = Set.of("topic", "partition");

    private final List<Row> rows;
    private final Supplier<Map<MetricName, ? extends org.apache.kafka.common.Metric>> kafka;
    private Map<Metric, Double> numbers = Map.of();
    private long readAt;

    private KafkaMeters(List<Row> rows, Supplier<Map<MetricName, ? extends org.apache.kafka.common.Metric>> kafka) {
        this.rows = rows;
        this.kafka = kafka;
    }

    /** Shows those of a producer. */
    public static void ofProducer(
            String stage,
            Supplier<Map<MetricName, ? extends org.apache.kafka.common.Metric>> kafka,
            MeterRegistry meters) {
        new KafkaMeters(PRODUCER, kafka).register(stage, meters);
    }

    /** Shows those of Kafka Streams, with its clients and its state stores. */
    public static void ofStreams(
            String stage,
            Supplier<Map<MetricName, ? extends org.apache.kafka.common.Metric>> kafka,
            MeterRegistry meters) {
        var all = Stream.concat(PRODUCER.stream(), STREAMS.stream()).toList();
        new KafkaMeters(all, kafka).register(stage, meters);
    }

    private void register(String stage, MeterRegistry meters) {
        rows.forEach(row -> row.metric().gauge(meters, this, each -> each.number(row.metric()), stage));
    }

    private synchronized double number(Metric metric) {
        if (numbers.isEmpty() || System.nanoTime() - readAt > KEPT_NANOS) {
            numbers = read();
            readAt = System.nanoTime();
        }
        return numbers.getOrDefault(metric, 0.0);
    }

    private Map<Metric, Double> read() {
        var read = new EnumMap<Metric, Double>(Metric.class);
        kafka.get()
                .forEach((name, value) -> row(name).ifPresent(row -> {
                    if (value.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())) {
                        read.merge(
                                row.metric(),
                                number.doubleValue() * row.scale(),
                                (one, other) -> row.join().applyAsDouble(one, other));
                    }
                }));
        return read;
    }

    private Optional<Row> row(MetricName name) {
        return rows.stream()
                .filter(row -> row.group().equals(name.group()) && row.name().equals(name.name()))
                .filter(row -> OF_TOPIC.stream().noneMatch(name.tags()::containsKey))
                .findFirst();
    }
}
