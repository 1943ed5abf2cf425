package ipn.operations.deadletter;

import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a redrive reads dead letters, as the records of {@code ipn.dlq} that they are or were. */
@FunctionalInterface
public interface LetterSource {
    /** Passes on dead letters in the order of each partition, as long as the predicate is true. */
    void readWhile(Progress progress, Predicate<ConsumerRecord<byte[], byte[]>> each);

    /** Those in {@code ipn.dlq} now. */
    static LetterSource topic(KafkaSettings kafka, TopicReader reader) {
        return (progress, each) -> reader.readWhile(
                reader.all(kafka.topics().name(TopicCatalogue.DLQ)), "processing dead letters", progress, each);
    }
}
