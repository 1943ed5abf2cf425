package ipn.bench.deadletter;

import ipn.bench.measure.TopicRecords;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed to a topic from the end that it has when it is opened. */
final class TopicTail implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<ConsumerRecord<byte[], byte[]>> each;
    private long count;

    TopicTail(KafkaSettings kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        this.consumer = TopicRecords.consumer(kafka);
        this.each = each;
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(List.copyOf(partitions));
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Reads what is there now; returns how many records were read since it was opened. */
    long count() {
        var ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                count++;
                each.accept(record);
            });
        }
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
