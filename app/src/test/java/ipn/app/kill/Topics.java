package ipn.app.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What other services read, and what they do not read before it is committed. */
final class Topics implements AutoCloseable {
    private final KafkaSettings kafka;
    private final Admin admin;

    Topics(KafkaSettings kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(kafka.client());
    }

    /**
     * A committed record.
     *
     * @param <V> type of its value
     */
    record Read<V>(String key, V value) {}

    /** All committed records of a topic, in the order of each partition. */
    <V extends SpecificRecord> List<Read<V>> committed(String topic, Class<V> type) {
        try (var values = kafka.serdes().deserializer(type)) {
            return committed(topic).stream()
                    .map(record -> new Read<>(
                            new String(record.key(), UTF_8), values.deserialize(record.topic(), record.value())))
                    .toList();
        }
    }

    /** The same, undecoded. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        each(topic, records::add);
        return records;
    }

    /** Passes on all committed records of a topic, in the order of each partition, and keeps none. */
    <V extends SpecificRecord> void each(String topic, Class<V> type, BiConsumer<String, V> receiver) {
        try (var values = kafka.serdes().deserializer(type)) {
            each(
                    topic,
                    record -> receiver.accept(
                            new String(record.key(), UTF_8), values.deserialize(record.topic(), record.value())));
        }
    }

    private void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        try (var consumer = consumer("read_committed")) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(receiver);
            }
        }
    }

    /** Follows a topic from now on, uncommitted records included. */
    Uncommitted uncommitted(String topic) {
        return new Uncommitted(topic);
    }

    /** What a stage has written, whether or not it commits it. */
    final class Uncommitted implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted");
        private final List<ConsumerRecord<byte[], byte[]>> newest = new ArrayList<>();
        private int count;

        private Uncommitted(String topic) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // seeking is lazy
            partitions.forEach(consumer::position);
        }

        /** How many it has read; reads on. */
        int count() {
            var polled = consumer.poll(Duration.ofMillis(1));
            if (!polled.isEmpty()) {
                newest.clear();
                polled.forEach(newest::add);
                count += polled.count();
            }
            return count;
        }

        /** True while one of the newest records is part of a transaction that has neither ended nor been aborted. */
        boolean inOpenTransaction() {
            var committed = ends(newest.stream()
                    .map(record -> new TopicPartition(record.topic(), record.partition()))
                    .distinct()
                    .toList());
            return newest.stream()
                    .anyMatch(record ->
                            record.offset() >= committed.get(new TopicPartition(record.topic(), record.partition())));
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /** True when the group has committed everything that it can read of the topics it reads. */
    boolean allRead(String group) {
        var read = get(() -> admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get());
        var ends = ends(List.copyOf(read.keySet()));
        return !read.isEmpty()
                && read.entrySet().stream()
                        .allMatch(entry ->
                                entry.getValue() != null && entry.getValue().offset() >= ends.get(entry.getKey()));
    }

    /** Where committed records of a topic end, over all its partitions. */
    long end(String topic) {
        try (var consumer = consumer("read_committed")) {
            return ends(partitions(consumer, topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** How far the group is, over all that it reads. */
    long position(String group) {
        return get(() -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum());
    }

    /** Where committed records end. */
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        var latest = partitions.stream().collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest()));
        return get(() -> admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        var properties = kafka.client();
        properties.put("isolation.level", isolation);
        properties.put("enable.auto.commit", "false");
        var bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(properties, bytes, bytes);
    }

    private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(kafka.topics().name(topic)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static <T> T get(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
