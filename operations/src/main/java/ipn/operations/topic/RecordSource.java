package ipn.operations.topic;

import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.util.function.Supplier;

/**
 * Where a question reads records: always in the topics, and with an index only those that it is about. So an answer is made by the same
 * classes from the same records, whether or not there is an index.
 *
 * @param readers opens one for a question
 */
public record RecordSource(KafkaSettings kafka, AvroSerdes serdes, Supplier<TopicReader> readers) {
    /** Reads topics from their start. */
    public static RecordSource topics(KafkaSettings kafka, AvroSerdes serdes) {
        return new RecordSource(kafka, serdes, () -> TopicReader.open(kafka));
    }

    /** Reads what an index finds; from the start what it does not know. */
    public static RecordSource indexed(KafkaSettings kafka, AvroSerdes serdes, RecordIndex index) {
        return new RecordSource(kafka, serdes, () -> TopicReader.open(kafka, index));
    }

    /** To be closed. */
    public TopicReader open() {
        return readers.get();
    }

    /** Full name of a topic of the catalogue. */
    public String name(String topic) {
        return kafka.topics().name(topic);
    }

    /** All records of a topic of the catalogue. */
    public Lookup all(String topic) {
        return Lookup.of(topic, name(topic));
    }
}
