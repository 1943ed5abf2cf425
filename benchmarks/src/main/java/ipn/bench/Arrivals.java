package ipn.bench;

import ipn.avro.EntitlementEvent;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;

/** Notes when each entitlement event became readable to a committed reader, by the gateway event that caused it. */
final class Arrivals implements AutoCloseable {
    private final Map<String, Long> readableAt = new ConcurrentHashMap<>();
    private final KafkaSettings kafka;
    private final CountDownLatch atEnd = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "arrivals");
    private volatile boolean open = true;

    private Arrivals(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** Begins at the end of the topic. */
    static Arrivals watch(KafkaSettings kafka) throws InterruptedException {
        var arrivals = new Arrivals(kafka);
        arrivals.thread.start();
        arrivals.atEnd.await();
        return arrivals;
    }

    private void run() {
        var topic = kafka.topics().name(TopicCatalogue.ENTITLEMENTS);
        var values = kafka.serdes().deserializer(EntitlementEvent.class);
        try (var consumer = Records.consumer(kafka)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            atEnd.countDown();
            while (open) {
                var records = consumer.poll(Duration.ofMillis(100));
                var now = System.nanoTime();
                records.forEach(record -> readableAt.putIfAbsent(
                        values.deserialize(topic, record.value()).getCause().getEventKey(), now));
            }
        } finally {
            atEnd.countDown();
        }
    }

    /** In {@link System#nanoTime()}. */
    Map<String, Long> readableAt() {
        return readableAt;
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
