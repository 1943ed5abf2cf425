package ipn.app.life;

import ipn.avro.Entitlement;
import ipn.avro.PaymentState;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** The newest committed value of each key of the compacted topics. */
record Tables(Map<String, PaymentState> payments, Map<String, Entitlement> entitlements) {

    static Tables read(KafkaSettings kafka) {
        return new Tables(
                newest(kafka, TopicCatalogue.PAYMENTS, kafka.serdes().deserializer(PaymentState.class)),
                newest(kafka, TopicCatalogue.ENTITLEMENT_STATE, kafka.serdes().deserializer(Entitlement.class)));
    }

    private static <V> Map<String, V> newest(KafkaSettings kafka, String name, Deserializer<V> values) {
        var topic = kafka.topics().name(name);
        var properties = kafka.client();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        var newest = new HashMap<String, V>();
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> newest.put(
                                new String(record.key(), StandardCharsets.UTF_8),
                                values.deserialize(topic, record.value())));
            }
        }
        return newest;
    }
}
