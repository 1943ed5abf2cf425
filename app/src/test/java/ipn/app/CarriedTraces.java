package ipn.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TraceParent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Which traces the committed records of a key belong to, by their headers. */
final class CarriedTraces {
    private CarriedTraces() {}

    /** Trace ids, one for each record; empty for one without a trace. */
    static List<String> of(KafkaSettings kafka, String topic, String key) {
        var properties = kafka.client();
        properties.put("isolation.level", "read_committed");
        var ids = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(kafka.topics().name(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key() != null && new String(record.key(), UTF_8).equals(key)) {
                        ids.add(traceId(record));
                    }
                }
            }
        }
        return ids;
    }

    private static String traceId(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(Headers.TRACEPARENT);
        return TraceParent.parse(header == null ? null : header.value())
                .map(TraceParent::traceId)
                .orElse("");
    }
}
