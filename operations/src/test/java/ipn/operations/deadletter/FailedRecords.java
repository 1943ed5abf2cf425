package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.OutcomeKind;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.HeaderText;
import ipn.operations.topic.Position;
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
        var raws = cluster.records(TopicCatalogue.RAW).stream()
                .sorted((a, b) -> Integer.compare(number(a), number(b)))
                .toList();
        rejected(raws);
        cluster.write(raws.stream()
                .map(raw -> deadLetter(raw, Failure.of("d" + number(raw))))
                .toList());
    }

    /** The processor decides that these records are unprocessable. */
    void rejected(List<ConsumerRecord<byte[], byte[]>> raws) {
        cluster.write(raws.stream().map(this::outcome).toList());
    }

    private ProducerRecord<byte[], byte[]> outcome(ConsumerRecord<byte[], byte[]> raw) {
        var made = cluster.outcome(Position.of(raw), "k", "e", OutcomeKind.UNPROCESSABLE);
        return new ProducerRecord<>(made.topic(), raw.partition(), raw.timestamp(), raw.key(), made.value());
    }

    private static int number(ConsumerRecord<byte[], byte[]> raw) {
        return Integer.parseInt(new String(raw.value(), UTF_8));
    }

    /** The processor rejects a record, and the projector makes a dead letter of it. */
    void fail(ConsumerRecord<byte[], byte[]> raw, Failure failure) {
        if (raw.topic().equals(cluster.topic(TopicCatalogue.RAW))) {
            rejected(List.of(raw));
        }
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
