package ipn.operations.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.OperationFailedException;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads ranges of topics: committed records only, without a consumer group, so that it changes nothing on the broker.
 *
 * <p>Reading ends when the position of the consumer reaches the end of the range. The last offsets of a topic that is written in
 * transactions are markers, for which no record ever arrives.
 */
public final class TopicReader implements AutoCloseable {
    /** Longer than the transaction timeout of every writer, so that reading survives a killed writer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES_MAX = 16 * 1024 * 1024;

    /** For single records: what comes after one of them is of no use. */
    private static final String PARTITION_BYTES_OF_SINGLES = "65536";

    private static final String RECORDS_OF_SINGLES = "200";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration timeout;
    private final RecordIndex index;
    private final Consumer<KafkaConsumer<byte[], byte[]>> closing;
    private final Optional<KafkaSettings> whole;
    /** The consumer forgets the partitions of topics that it does not read now, and would ask for them each time. */
    private final Map<String, List<TopicPartition>> partitions = new HashMap<>();

    private TopicReader(
            KafkaConsumer<byte[], byte[]> consumer,
            Duration timeout,
            RecordIndex index,
            Consumer<KafkaConsumer<byte[], byte[]>> closing,
            Optional<KafkaSettings> whole) {
        this.consumer = consumer;
        this.timeout = timeout;
        this.index = index;
        this.closing = closing;
        this.whole = whole;
    }

    public static TopicReader open(KafkaSettings kafka) {
        return open(kafka, TIMEOUT);
    }

    /** @param timeout reading without progress for this long ends with a {@link StalledException} */
    public static TopicReader open(KafkaSettings kafka, Duration timeout) {
        var bytes = new ByteArrayDeserializer();
        var consumer = new KafkaConsumer<>(consumerOf(kafka), bytes, bytes);
        return new TopicReader(consumer, timeout, RecordIndex.NONE, KafkaConsumer::close, Optional.of(kafka));
    }

    /** Reads what the index finds; what it does not know from the start. */
    public static TopicReader open(KafkaSettings kafka, RecordIndex index) {
        return new TopicReader(ofSingles(kafka), TIMEOUT, index, KafkaConsumer::close, Optional.of(kafka));
    }

    /** Reads only what the index finds, and gives the consumer back when it is closed. */
    static TopicReader borrowing(
            KafkaConsumer<byte[], byte[]> consumer,
            RecordIndex index,
            Duration timeout,
            Consumer<KafkaConsumer<byte[], byte[]>> closing) {
        return new TopicReader(consumer, timeout, index, closing, Optional.empty());
    }

    /** A consumer that fetches little at a time. */
    static KafkaConsumer<byte[], byte[]> ofSingles(KafkaSettings kafka) {
        var properties = consumerOf(kafka);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES_OF_SINGLES);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_OF_SINGLES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "1");
        var bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(properties, bytes, bytes);
    }

    private static Properties consumerOf(KafkaSettings kafka) {
        var properties = kafka.client();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Retention may delete the first records while they are read: continue with the next ones.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(FETCH_BYTES_MAX));
        // All records of a range exist already: waiting for more would only delay the next reading.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        return properties;
    }

    /** Whether a topic exists. */
    public boolean exists(String topic) {
        var found = consumer.partitionsFor(topic);
        return found != null && !found.isEmpty();
    }

    /** The partitions of a topic, which must exist. */
    public List<TopicPartition> partitions(String topic) {
        return partitions.computeIfAbsent(topic, this::askForPartitions);
    }

    private List<TopicPartition> askForPartitions(String topic) {
        var found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new OperationFailedException(
                    "topic: " + topic + " does not exist (expected: create it with ipn topics apply)");
        }
        return found.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** The partition that the default partitioner chooses for a key. */
    public TopicPartition partitionOf(String topic, byte[] key) {
        return new TopicPartition(
                topic, Utils.toPositive(Utils.murmur2(key)) % partitions(topic).size());
    }

    /** All records of a topic that are committed now. */
    public OffsetRanges all(String topic) {
        return all(partitions(topic));
    }

    /** All records of some partitions that are committed now. */
    public OffsetRanges all(Collection<TopicPartition> partitions) {
        return new OffsetRanges(consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
    }

    /** The part of some ranges that the broker stored at a time or later. */
    public OffsetRanges since(OffsetRanges ranges, Instant time) {
        var times = new HashMap<TopicPartition, Long>();
        ranges.partitions().forEach(partition -> times.put(partition, time.toEpochMilli()));
        var from = new HashMap<TopicPartition, Long>();
        // no record is that new: an empty range
        consumer.offsetsForTimes(times)
                .forEach((partition, first) ->
                        from.put(partition, first == null ? ranges.end(partition) : first.offset()));
        return new OffsetRanges(from, ranges.to());
    }

    /** The earliest time of the first records of some ranges; empty if there is no record. */
    public Optional<Instant> firstTime(OffsetRanges ranges) {
        var firsts = new TreeSet<Instant>();
        readWhile(ranges, "finding the first record", Progress.SILENT, record -> {
            firsts.add(Instant.ofEpochMilli(record.timestamp()));
            return false;
        });
        return firsts.stream().findFirst();
    }

    /**
     * Passes on at least the records that somebody needs, in the order of each partition: those that the index finds, or else all of the
     * partitions that they are in. Of a compacted topic a record may be passed on twice.
     *
     * @throws OperationFailedException if they cannot be found by the index, and this reader reads nothing from the start
     */
    public void find(Lookup lookup, Progress progress, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        var step = "reading " + lookup.topic();
        var found = index.find(lookup).map(all -> withinPartitions(lookup, all));
        if (found.isEmpty()
                || !PositionReader.read(this, found.get(), step, progress, each).isEmpty()) {
            readFromStart(lookup, step, progress, each);
        }
    }

    /**
     * Passes on every record of a topic, or those that the broker stored at a time or later, also where an index finds others.
     *
     * @param whole a lookup of everything, which no index knows
     */
    public void readWhole(
            Lookup whole,
            Optional<Instant> since,
            String step,
            Progress progress,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (hasIndex() && index.find(whole).isEmpty()) {
            var kafka = this.whole.orElseThrow(() -> new OperationFailedException(
                    "topic: " + whole.topic() + " is not read in full here (expected: a command)"));
            try (var reader = open(kafka)) {
                reader.readWhole(whole, since, step, progress, each);
            }
        } else {
            var all = all(whole.topic());
            read(since.map(time -> since(all, time)).orElse(all), step, progress, each);
        }
    }

    /** Whether an index finds records. */
    public boolean hasIndex() {
        return index != RecordIndex.NONE;
    }

    /** A record of a key in another partition than the key's counts nowhere. */
    private Collection<Position> withinPartitions(Lookup lookup, Collection<Position> all) {
        if (lookup.partitionKeys().isEmpty() || all.isEmpty()) {
            return all;
        }
        var partitions = Set.copyOf(partitionsOf(lookup));
        return all.stream()
                .filter(position -> partitions.contains(new TopicPartition(position.topic(), position.partition())))
                .toList();
    }

    private void readFromStart(
            Lookup lookup, String step, Progress progress, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (!hasIndex()) {
            read(all(partitionsOf(lookup)), step, progress, each);
            return;
        }
        var kafka = whole.orElseThrow(() -> new OperationFailedException(
                "topic: " + lookup.topic() + " changed while it was read (expected: ask again)"));
        try (var reader = open(kafka)) {
            reader.read(reader.all(reader.partitionsOf(lookup)), step, progress, each);
        }
    }

    private Collection<TopicPartition> partitionsOf(Lookup lookup) {
        return lookup.partitionKeys().isEmpty()
                ? partitions(lookup.topic())
                : lookup.partitionKeys().stream()
                        .map(key -> partitionOf(lookup.topic(), key.getBytes(UTF_8)))
                        .collect(Collectors.toSet());
    }

    /** Passes every committed record of the ranges to the consumer, in the order of each partition. */
    public void read(
            OffsetRanges ranges, String step, Progress progress, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readWhile(ranges, step, progress, record -> {
            each.accept(record);
            return true;
        });
    }

    /** Like {@link #read}, but the reading of a partition ends with the first record for which the predicate is false. */
    public void readWhile(
            OffsetRanges ranges, String step, Progress progress, Predicate<ConsumerRecord<byte[], byte[]>> each) {
        var pending = ranges.withoutEmpty();
        consumer.assign(pending.partitions());
        // Partitions that are assigned again stay paused from the last reading.
        consumer.resume(pending.partitions());
        pending.from().forEach(consumer::seek);
        var open = new HashSet<>(pending.partitions());
        var total = pending.length();
        var left = total;
        var movedAt = System.nanoTime();
        progress.at(step, 0, total);
        while (!open.isEmpty()) {
            for (var record : consumer.poll(POLL)) {
                var partition = new TopicPartition(record.topic(), record.partition());
                if (open.contains(partition) && record.offset() < pending.end(partition) && !each.test(record)) {
                    close(partition, open);
                }
            }
            var stillLeft = left(pending, open);
            movedAt = stillLeft < left ? System.nanoTime() : movedAt;
            left = stillLeft;
            progress.at(step, total - left, total);
            failWhenStalled(pending, open, movedAt);
        }
    }

    /** Offsets that are left to read. Removes partitions that are complete from {@code open}, and stops fetching them. */
    private long left(OffsetRanges ranges, Set<TopicPartition> open) {
        var left = 0L;
        for (var partition : List.copyOf(open)) {
            var ahead = ranges.end(partition) - consumer.position(partition);
            if (ahead > 0) {
                left += ahead;
            } else {
                close(partition, open);
            }
        }
        return left;
    }

    private void close(TopicPartition partition, Set<TopicPartition> open) {
        open.remove(partition);
        consumer.pause(Set.of(partition));
    }

    private void failWhenStalled(OffsetRanges ranges, Set<TopicPartition> open, long movedAt) {
        if (!open.isEmpty() && System.nanoTime() - movedAt > timeout.toNanos()) {
            var stuck = open.iterator().next();
            throw new StalledException(stuck, consumer.position(stuck), ranges.end(stuck), timeout);
        }
    }

    @Override
    public void close() {
        closing.accept(consumer);
    }
}
