package ipn.bench.measure;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows a topic, as a committed reader outside would.
 *
 * @param <T> its values
 */
public final class TopicFollower<T extends SpecificRecord> implements AutoCloseable {
    private final KafkaSettings kafka;
    private final String topic;
    private final Class<T> type;
    private final ObjLongConsumer<T> each;
    private final BiConsumer<Consumer<?, ?>, List<TopicPartition>> seek;
    private final CountDownLatch started = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean open = true;

    private TopicFollower(
            KafkaSettings kafka,
            String topic,
            Class<T> type,
            ObjLongConsumer<T> each,
            BiConsumer<Consumer<?, ?>, List<TopicPartition>> seek) {
        this.kafka = kafka;
        this.topic = kafka.topics().name(topic);
        this.type = type;
        this.each = each;
        this.seek = seek;
        thread = new Thread(this::run, "follows " + topic);
    }

    /**
     * Starts reading, from the beginning.
     *
     * @param topic one of {@link ipn.topics.TopicCatalogue}
     * @param each hears a value and when it was read, in {@link System#nanoTime()}, in a thread of the follower's own
     */
    public static <T extends SpecificRecord> TopicFollower<T> of(
            KafkaSettings kafka, String topic, Class<T> type, ObjLongConsumer<T> each) throws InterruptedException {
        return started(new TopicFollower<>(kafka, topic, type, each, Consumer::seekToBeginning));
    }

    /** The same, but only what is written from now on. */
    public static <T extends SpecificRecord> TopicFollower<T> fromNow(
            KafkaSettings kafka, String topic, Class<T> type, ObjLongConsumer<T> each) throws InterruptedException {
        return started(new TopicFollower<>(kafka, topic, type, each, Consumer::seekToEnd));
    }

    private static <T extends SpecificRecord> TopicFollower<T> started(TopicFollower<T> follower)
            throws InterruptedException {
        follower.thread.start();
        follower.started.await();
        return follower;
    }

    private void run() {
        try (var consumer = TopicRecords.consumer(kafka);
                var values = kafka.serdes().deserializer(type)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            seek.accept(consumer, partitions);
            // seeking is lazy; what is written after this must be seen
            partitions.forEach(consumer::position);
            started.countDown();
            while (open) {
                var records = consumer.poll(Duration.ofMillis(100));
                var now = System.nanoTime();
                records.forEach(record -> each.accept(values.deserialize(topic, record.value()), now));
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
