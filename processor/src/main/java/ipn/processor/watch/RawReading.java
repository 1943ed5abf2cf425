package ipn.processor.watch;

import ipn.drift.DriftDetector;
import ipn.gateway.Accounts;
import ipn.gateway.StoredDelivery;
import ipn.processor.silence.WatchedStreams;
import ipn.report.ToolRecord;
import ipn.runtime.ClockWatch;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of {@code ipn.raw} from where the streams end. It also reads what is not committed: a transaction that hangs must not look like a
 * silence, and what is written in transactions (replays, imports) does not count anyway.
 */
final class RawReading implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration ENDS_TIMEOUT = Duration.ofSeconds(10);
    /** A partition is not read further ahead of the others: memory is needed for all minutes between them. */
    private static final long AHEAD_MAX = Duration.ofHours(6).toMillis();

    private final WatchedStreams streams;
    private final DriftDetector types;
    private final Supplier<Accounts> accounts;
    private final Clock clock;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ClockWatch clockWatch;
    /** Up to when each partition was read, in milliseconds since 1970. */
    private final Map<TopicPartition, Long> readTo = new HashMap<>();

    /**
     * Continues behind the streams.
     *
     * @param from milliseconds since 1970; 0: with the oldest record
     * @param types knows the event types of each gateway; all others are one
     */
    RawReading(
            KafkaSettings kafka,
            WatchedStreams streams,
            long from,
            DriftDetector types,
            Supplier<Accounts> accounts,
            Clock clock) {
        this.streams = streams;
        this.types = types;
        this.accounts = accounts;
        this.clock = clock;
        topic = kafka.topics().name(TopicCatalogue.RAW);
        var settings = kafka.client();
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        settings.put("isolation.level", "read_uncommitted");
        settings.put("fetch.max.bytes", Integer.toString(8 * 1024 * 1024));
        settings.put("max.partition.fetch.bytes", Integer.toString(512 * 1024));
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var begun = false;
        try {
            begin(from);
            begun = true;
        } finally {
            if (!begun) {
                consumer.close();
            }
        }
        clockWatch = ClockWatch.start(consumer::wakeup);
    }

    private void begin(long from) {
        var partitions = partitions();
        consumer.assign(partitions);
        partitions.forEach(partition -> readTo.put(partition, from));
        if (from == 0) {
            consumer.seekToBeginning(partitions);
            return;
        }
        consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(each -> each, each -> from)))
                .forEach((partition, found) -> {
                    if (found == null) {
                        consumer.seekToEnd(Set.of(partition));
                    } else {
                        consumer.seek(partition, found.offset());
                    }
                });
    }

    private Set<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the topic has partitions that it does not read. */
    boolean isOutdated() {
        return !partitions().equals(readTo.keySet());
    }

    /** Reads what there is, and waits a moment if there is nothing. */
    void read() {
        for (var record : consumer.poll(POLL)) {
            note(record);
            readTo.merge(new TopicPartition(record.topic(), record.partition()), record.timestamp(), Math::max);
        }
    }

    /**
     * Up to when everything was read, in milliseconds since 1970: asks Kafka for the ends, so that a silence is never one of the connection.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    long settled() {
        var now = clock.millis();
        consumer.endOffsets(readTo.keySet(), ENDS_TIMEOUT).forEach((partition, end) -> {
            if (consumer.position(partition, ENDS_TIMEOUT) >= end) {
                readTo.put(partition, now);
            }
        });
        var least = readTo.values().stream().mapToLong(Long::longValue).min().orElse(now);
        var ahead = readTo.entrySet().stream()
                .filter(each -> each.getValue() > least + AHEAD_MAX)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        consumer.resume(readTo.keySet());
        consumer.pause(ahead);
        return least;
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        record.headers().forEach(header -> headers.add(new SimpleImmutableEntry<>(header.key(), header.value())));
        var stored = new StoredDelivery(List.copyOf(headers));
        if (isOfGateway(stored)) {
            stored.account(accounts.get()).ifPresent(account -> {
                var gateway = account.id().gateway();
                var type =
                        types.knownType(gateway, stored.header(Headers.CE_TYPE).orElse(""));
                streams.note(gateway, account.id().account(), type, record.timestamp());
            });
        }
    }

    /** What we replay, import or fetch says nothing of what the gateway sends. */
    private static boolean isOfGateway(StoredDelivery stored) {
        return stored.header(Headers.REPLAY_ID).isEmpty()
                && stored.header(Headers.FETCHED_FROM).isEmpty()
                && ToolRecord.in(stored).isEmpty();
    }

    @Override
    public void close() {
        clockWatch.close();
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
