package ipn.client.follow;

import ipn.client.AccessSettings;
import ipn.client.store.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed records of the partitions from a position, without a consumer group. It asks again and again where the partitions end; once
 * it has read up to there, it has every record that was committed when it asked.
 */
final class StateReader implements AutoCloseable {
    private static final Duration POLL_TIMEOUT_MAX = Duration.ofMillis(100);
    private static final long FETCH_WAIT_MAX_MILLIS = 500;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AccessSettings settings;
    private final Duration pollTimeout;
    private List<TopicPartition> partitions = List.of();
    private @Nullable Probe probe;
    private long probedAt;
    private @Nullable Instant caughtUpAt;

    /** The topic is not the one that was read before, or has other partitions. */
    static final class OtherTopicException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Where the partitions ended.
     *
     * @param at the time before they were asked
     */
    private record Probe(Instant at, Map<TopicPartition, Long> ends) {}

    /** Connects to nothing yet, so that {@link #wakeup} can end whatever follows. */
    StateReader(AccessSettings settings) {
        this.settings = settings;
        pollTimeout =
                POLL_TIMEOUT_MAX.compareTo(settings.probeInterval()) < 0 ? POLL_TIMEOUT_MAX : settings.probeInterval();
        consumer = new KafkaConsumer<>(properties(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        probedAt = System.nanoTime() - settings.probeInterval().toNanos();
    }

    private static Properties properties(AccessSettings settings) {
        var all = new Properties();
        all.put(ConsumerConfig.CLIENT_ID_CONFIG, "ipn-access-" + UUID.randomUUID());
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        // a broker answers the requests of one connection in their order, so a probe waits for the fetch before it
        all.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                Long.toString(
                        Math.min(FETCH_WAIT_MAX_MILLIS, settings.probeInterval().toMillis())));
        all.putAll(settings.kafka());
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return all;
    }

    /**
     * Goes to a position.
     *
     * @return how many partitions the topic has
     * @throws OtherTopicException if the topic does not have this position
     */
    int seek(Position position) {
        var all = consumer.partitionsFor(settings.topic(), OPEN_TIMEOUT);
        partitions = all.stream()
                .filter(each ->
                        settings.partitions().isEmpty() || settings.partitions().contains(each.partition()))
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        if (position.equals(Position.START)) {
            consumer.seekToBeginning(partitions);
        } else {
            seekTo(position, consumer.endOffsets(partitions, OPEN_TIMEOUT));
        }
        return all.size();
    }

    private void seekTo(Position position, Map<TopicPartition, Long> ends) {
        if (position.offsets().size() != partitions.size()) {
            throw new OtherTopicException();
        }
        for (var partition : partitions) {
            var offset = position.offsets().get(partition.partition());
            if (offset == null || offset > ends.getOrDefault(partition, 0L)) {
                throw new OtherTopicException();
            }
            consumer.seek(partition, offset);
        }
    }

    Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        ask();
        var records = consumer.poll(pollTimeout);
        var asked = probe;
        if (asked != null && hasReached(asked)) {
            caughtUpAt = asked.at();
            probe = null;
        }
        return records;
    }

    private void ask() {
        if (probe != null
                || System.nanoTime() - probedAt < settings.probeInterval().toNanos()) {
            return;
        }
        try {
            var at = settings.clock().instant();
            probe = new Probe(at, new HashMap<>(consumer.endOffsets(partitions, PROBE_TIMEOUT)));
        } catch (TimeoutException e) {
            // nothing is known about the present; what was read before is as old as it is
        }
        probedAt = System.nanoTime();
    }

    private boolean hasReached(Probe asked) {
        return asked.ends().entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The last time at which every record that was committed is known to have been read since; empty: not yet. */
    Optional<Instant> caughtUpAt() {
        return Optional.ofNullable(caughtUpAt);
    }

    /** Of the next record of each partition. */
    Map<Integer, Long> offsets() {
        var all = new TreeMap<Integer, Long>();
        partitions.forEach(each -> all.put(each.partition(), consumer.position(each)));
        return all;
    }

    /** Ends what it waits for. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
