package ipn.bench.measure;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads new records of a topic in a thread, as a committed consumer does.
 *
 * @param <T> the type of the values
 */
public final class TopicFollower<T> implements AutoCloseable {
    private final KafkaSettings kafka;
    private final String topic;
    private final Supplier<Deserializer<T>> values;
    private final ObjLongConsumer<T> each;
    private final BiConsumer<Consumer<?, ?>, List<TopicPartition>> seek;
    private final CountDownLatch started = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean open = true;

    private TopicFollower(
            KafkaSettings kafka,
            String topic,
            Supplier<Deserializer<T>> values,
            ObjLongConsumer<T> each,
            BiConsumer<Consumer<?, ?>, List<TopicPartition>> seek) {
        this.kafka = kafka;
        this.topic = topic;
        this.values = values;
        this.each = each;
        this.seek = seek;
        thread = new Thread(this::run, "follower-" + topic);
    }

    /**
     * Starts to read at the beginning of the topic.
     *
     * @param topic one of {@link ipn.topics.TopicCatalogue}
     * @param each receives each value and the time of its read, by {@link System#nanoTime()}, in the follower's thread
     */
    public static <T extends SpecificRecord> TopicFollower<T> fromStart(
            KafkaSettings kafka, String topic, Class<T> type, ObjLongConsumer<T> each) throws InterruptedException {
        return start(avro(kafka, topic, type, each, Consumer::seekToBeginning));
    }

    /** Starts to read at the end of the topic: it reads only records that are written later. */
    public static <T extends SpecificRecord> TopicFollower<T> fromEnd(
            KafkaSettings kafka, String topic, Class<T> type, ObjLongConsumer<T> each) throws InterruptedException {
        return start(avro(kafka, topic, type, each, Consumer::seekToEnd));
    }

    /**
     * As {@link #fromEnd}, with the values as bytes.
     *
     * @param topic its full name
     */
    public static TopicFollower<byte[]> bytesFromEnd(KafkaSettings kafka, String topic, ObjLongConsumer<byte[]> each)
            throws InterruptedException {
        return start(new TopicFollower<>(kafka, topic, ByteArrayDeserializer::new, each, Consumer::seekToEnd));
    }

    private static <T extends SpecificRecord> TopicFollower<T> avro(
            KafkaSettings kafka,
            String topic,
            Class<T> type,
            ObjLongConsumer<T> each,
            BiConsumer<Consumer<?, ?>, List<TopicPartition>> seek) {
        return new TopicFollower<>(
                kafka, kafka.topics().name(topic), () -> kafka.serdes().deserializer(type), each, seek);
    }

    private static <T> TopicFollower<T> start(TopicFollower<T> follower) throws InterruptedException {
        follower.thread.start();
        follower.started.await();
        return follower;
    }

    private void run() {
        try (var consumer = TopicRecords.consumer(kafka);
                var deserializer = values.get()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            seek.accept(consumer, partitions);
            // seeks are lazy: this fixes the position before later records are written
            partitions.forEach(consumer::position);
            started.countDown();
            while (open) {
                var records = consumer.poll(Duration.ofMillis(100));
                var now = System.nanoTime();
                records.forEach(record -> each.accept(deserializer.deserialize(topic, record.value()), now));
            }
        } finally {
            started.countDown();
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
