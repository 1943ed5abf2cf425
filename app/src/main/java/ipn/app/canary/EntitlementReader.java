package ipn.app.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Entitlement;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads which of our notifications have changed an entitlement, from the time it was opened; only what is committed. Not thread-safe. */
final class EntitlementReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Entitlement> values;

    /** @param shadow whether to read what accounts in mode shadow would give */
    EntitlementReader(KafkaSettings kafka, boolean shadow) {
        var topic = kafka.topics().name(shadow ? TopicCatalogue.SHADOW_STATE : TopicCatalogue.ENTITLEMENT_STATE);
        var settings = kafka.client();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("fetch.max.wait.ms", "100");
        values = kafka.serdes().deserializer(Entitlement.class);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var opened = false;
        try {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .collect(Collectors.toUnmodifiableSet());
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // seeking is lazy; position() applies it, so that every later record is read
            partitions.forEach(consumer::position);
            opened = true;
        } finally {
            if (!opened) {
                consumer.close();
            }
        }
    }

    /** Event keys of the notifications that have changed an entitlement since the last call; waits a moment for one. */
    Set<String> changedBy() {
        var keys = new HashSet<String>();
        for (var record : consumer.poll(POLL)) {
            if (isOurs(record)) {
                keys.add(values.deserialize(record.topic(), record.value())
                        .getLast()
                        .getCause()
                        .getEventKey());
            }
        }
        return keys;
    }

    private static boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null
                && record.value() != null
                && new String(record.key(), UTF_8).startsWith(CanaryAccount.SUBJECT_PREFIX);
    }

    @Override
    public void close() {
        consumer.close();
        values.close();
    }
}
