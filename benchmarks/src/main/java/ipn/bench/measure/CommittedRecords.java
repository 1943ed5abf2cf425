package ipn.bench.measure;

import ipn.topics.KafkaSettings;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads topics of a pipeline, as committed readers do. */
@FunctionalInterface
public interface CommittedRecords {
    /** @param topic of {@link ipn.topics.TopicCatalogue}, without a prefix */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each);

    /** Reads from the beginning. */
    static CommittedRecords ofAll(KafkaSettings kafka) {
        return (topic, each) -> TopicRecords.readAll(kafka, kafka.topics().name(topic), each);
    }

    /** Reads what comes after now; topics that are not named, from the beginning. */
    static CommittedRecords fromNow(KafkaSettings kafka, List<String> topics) {
        var begins = TopicRecords.ends(
                kafka, topics.stream().map(kafka.topics()::name).toList());
        return (topic, each) -> TopicRecords.readFrom(kafka, kafka.topics().name(topic), begins, each);
    }
}
