package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.TestCluster;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.HeaderText;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Raw records that failed, and what became of them. */
record FailedRecords(TestCluster cluster) {
    /** So many raw records, {@code 0} and on, and a dead letter {@code d0} and on for each. */
    void failed(int count) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = 0; i < count; i++) {
            records.add(new ProducerRecord<>(
                    cluster.topic(TopicCatalogue.RAW),
                    ("k" + i).getBytes(UTF_8),
                    Integer.toString(i).getBytes(UTF_8)));
        }
        cluster.write(records);
        cluster.write(cluster.records(TopicCatalogue.RAW).stream()
                .sorted((a, b) -> Integer.compare(number(a), number(b)))
                .map(raw -> deadLetter(raw, Failure.of("d" + number(raw))))
                .toList());
    }

    private static int number(ConsumerRecord<byte[], byte[]> raw) {
        return Integer.parseInt(new String(raw.value(), UTF_8));
    }

    void fail(ConsumerRecord<byte[], byte[]> raw, Failure failure) {
        cluster.write(deadLetter(raw, failure));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> raw, Failure failure) {
        return TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), raw, failure);
    }

    /** What redrives have put back. */
    List<ConsumerRecord<byte[], byte[]>> replayed() {
        return cluster.records(TopicCatalogue.RAW).stream()
                .filter(record -> record.headers().lastHeader("ipn.replay-id") != null)
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new HeaderText(record.headers()).text(name, "");
    }

    static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(TestDeadLetters::shown)
                .toList();
    }
}
