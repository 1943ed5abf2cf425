package ipn.bench;

import ipn.avro.EntitlementEvent;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/** Follows the entitlement events as a committed reader: who was granted and revoked, and when it could be read. */
final class Told implements AutoCloseable {
    final Map<String, Long> grantedAt = new ConcurrentHashMap<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    final AtomicInteger twice = new AtomicInteger();

    private final KafkaSettings kafka;
    private final CountDownLatch atEnd = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "told");
    private volatile boolean open = true;

    Told(KafkaSettings kafka) throws InterruptedException {
        this.kafka = kafka;
        thread.start();
        atEnd.await();
    }

    private void run() {
        var topic = kafka.topics().name(TopicCatalogue.ENTITLEMENTS);
        try (var consumer = Records.consumer(kafka);
                var values = kafka.serdes().deserializer(EntitlementEvent.class)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            atEnd.countDown();
            while (open) {
                var records = consumer.poll(Duration.ofMillis(100));
                var now = System.nanoTime();
                records.forEach(record -> note(values.deserialize(topic, record.value()), now));
            }
        } finally {
            atEnd.countDown();
        }
    }

    private void note(EntitlementEvent event, long now) {
        if (event.getType().equals("GRANTED")) {
            grantedAt.putIfAbsent(event.getCause().getEventKey(), now);
        } else if (!revoked.add(event.getSubject())) {
            twice.incrementAndGet();
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
