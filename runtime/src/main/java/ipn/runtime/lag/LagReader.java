package ipn.runtime.lag;

import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares the committed offsets of a stage with the ends of its topics. Offsets count transaction markers too, so behind an idle stage there
 * often is a marker and no record. A short rest is therefore read and its records counted; what was found is remembered until an offset moves.
 * Where a stage has processed all that is committed, and more stands behind a transaction that is still open, that waits too. It is no member of
 * the group, and commits nothing. Not thread-safe.
 */
public final class LagReader implements AutoCloseable {
    /** A longer rest of a partition is not counted: what its markers add does not matter. */
    static final int COUNTED_MAX = 100;

    private static final Duration READING_MAX = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int FETCH_BYTES = 16 * 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final OpenTransactions uncommitted;
    private final Set<String> topics;
    private final Clock clock;
    private Map<TopicPartition, Rest> known = Map.of();

    /**
     * What is left of a partition.
     *
     * @param from first offset that is not committed
     * @param end offset after the last record that can be read
     * @param records counted, or the difference of the offsets
     */
    private record Rest(long from, long end, long records, Optional<Instant> oldest) {
        static Rest of(long from, long end) {
            return new Rest(from, end, Math.max(0, end - from), Optional.empty());
        }

        boolean isSame(Rest other) {
            return from == other.from && end == other.end;
        }
    }

    /** @param group consumer group of the stage */
    public LagReader(KafkaSettings kafka, String group, Set<String> topics, Clock clock) {
        this.consumer = LagConsumer.open(
                kafka,
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        Integer.toString(FETCH_BYTES),
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        "20"));
        this.uncommitted = new OpenTransactions(kafka);
        this.topics = Set.copyOf(topics);
        this.clock = clock;
    }

    /** @throws org.apache.kafka.common.KafkaException if Kafka does not answer */
    public Lag read() {
        var rests = rests();
        known.forEach((partition, before) ->
                rests.computeIfPresent(partition, (same, now) -> before.isSame(now) ? before : now));
        var open = new HashMap<>(rests);
        open.values().removeIf(rest -> rest.records() == 0);
        open.entrySet().removeAll(known.entrySet());
        readOpen(open, rests);
        known = rests.entrySet().stream()
                .filter(rest -> !open.containsKey(rest.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        addUncommitted(rests);
        var records = rests.entrySet().stream()
                .collect(Collectors.groupingBy(
                        rest -> rest.getKey().topic(),
                        Collectors.summingLong(rest -> rest.getValue().records())));
        var oldest =
                rests.values().stream().flatMap(rest -> rest.oldest().stream()).min(Instant::compareTo);
        return new Lag(records, oldest, clock.instant());
    }

    /** What stands behind open transactions, where nothing else is left. Its size may count what will be aborted, and markers. */
    private void addUncommitted(Map<TopicPartition, Rest> rests) {
        var processed = new HashMap<>(rests);
        processed.values().removeIf(rest -> rest.records() > 0);
        var ends = uncommitted.ends(processed.keySet());
        var from = new HashMap<TopicPartition, Long>();
        processed.forEach((partition, rest) -> {
            if (ends.getOrDefault(partition, 0L) > rest.end()) {
                from.put(partition, rest.end());
            }
        });
        if (!from.isEmpty()) {
            uncommitted
                    .begun(from)
                    .forEach((partition, begun) -> rests.computeIfPresent(
                            partition,
                            (same, rest) -> new Rest(
                                    rest.from(),
                                    rest.end(),
                                    ends.getOrDefault(partition, rest.end()) - rest.end(),
                                    Optional.of(begun))));
        }
    }

    private Map<TopicPartition, Rest> rests() {
        var partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toUnmodifiableSet());
        var starts = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var committed = consumer.committed(partitions);
        var rests = new HashMap<TopicPartition, Rest>();
        for (var partition : partitions) {
            var start = starts.getOrDefault(partition, 0L);
            var offset = committed.get(partition);
            var from = offset == null ? start : Math.max(start, offset.offset());
            rests.put(partition, Rest.of(from, ends.getOrDefault(partition, from)));
        }
        return rests;
    }

    /** Reads short rests, and of long ones the first record. Partitions that are read in time are removed from those that are open. */
    private void readOpen(Map<TopicPartition, Rest> open, Map<TopicPartition, Rest> rests) {
        consumer.assign(open.keySet());
        consumer.resume(open.keySet()); // a partition that stays assigned stays paused
        open.forEach((partition, rest) -> consumer.seek(partition, rest.from()));
        var found = new HashMap<TopicPartition, Rest>();
        var until = System.nanoTime() + READING_MAX.toNanos();
        while (!open.isEmpty() && System.nanoTime() < until) {
            consumer.poll(POLL).forEach(record -> count(record, open, found));
            for (var each : Map.copyOf(open).entrySet()) {
                var partition = each.getKey();
                var rest = each.getValue();
                var counted = found.getOrDefault(partition, new Rest(rest.from(), rest.end(), 0, Optional.empty()));
                var isLong = rest.records() > COUNTED_MAX;
                if (consumer.position(partition) >= rest.end() || isLong && counted.records() > 0) {
                    rests.put(
                            partition,
                            isLong ? new Rest(rest.from(), rest.end(), rest.records(), counted.oldest()) : counted);
                    consumer.pause(Set.of(partition));
                    open.remove(partition);
                }
            }
        }
    }

    private static void count(
            ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Rest> open, Map<TopicPartition, Rest> found) {
        var partition = new TopicPartition(record.topic(), record.partition());
        var rest = open.get(partition);
        if (rest != null && record.offset() < rest.end()) {
            var one = new Rest(rest.from(), rest.end(), 1, Optional.of(Instant.ofEpochMilli(record.timestamp())));
            found.merge(
                    partition,
                    one,
                    (before, next) -> new Rest(rest.from(), rest.end(), before.records() + 1, before.oldest()));
        }
    }

    /** Ends a reading that waits for Kafka; from any thread. */
    void wakeup() {
        consumer.wakeup();
        uncommitted.wakeup();
    }

    @Override
    public void close() {
        uncommitted.close();
        consumer.close();
    }
}
