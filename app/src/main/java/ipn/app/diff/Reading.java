package ipn.app.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.KafkaSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the topics of one side.
 *
 * @param projectorId application id of its projector
 */
record Reading(KafkaSettings kafka, TopicReader reader, String projectorId, Progress progress) {
    /**
     * A record.
     *
     * @param value empty: the key was removed
     */
    record Read<T>(String key, Optional<T> value, Instant time) {}

    /** All records of a topic of the catalogue; those that cannot be read are logged and left out. */
    <T extends SpecificRecord> void topic(String name, Class<T> type, Consumer<Read<T>> each) {
        read(kafka.topics().name(name), type, each);
    }

    /** All records of the changelog of a store of the projector. */
    <T extends SpecificRecord> void changelog(String store, Class<T> type, Consumer<Read<T>> each) {
        read(projectorId + "-" + store + "-changelog", type, each);
    }

    private <T extends SpecificRecord> void read(String topic, Class<T> type, Consumer<Read<T>> each) {
        try (var values = kafka.serdes().deserializer(type)) {
            bytes(topic, record -> {
                var value = AvroValues.read(record, values);
                if (value.isPresent() || record.value() == null) {
                    each.accept(new Read<>(text(record.key()), value, Instant.ofEpochMilli(record.timestamp())));
                }
            });
        }
    }

    /** All records of a topic as they are. */
    void bytes(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        reader.read(reader.all(topic), "reading " + topic, progress, each);
    }

    private static String text(byte[] key) {
        return key == null ? "" : new String(key, UTF_8);
    }
}
