package ipn.operations.conservation;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.OutcomeKind;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.TestDeadLetters;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.HeaderText;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A day of the pipeline on some partitions, faultless unless a test meddles with it before it is written down. */
final class RecordedDay {
    static final int PER_PARTITION = 40;
    /** The offset of a raw record that never came to be: after ten and their marker. */
    static final long ROLLED_BACK = 12;

    private static final int PER_TRANSACTION = 10;
    private static final List<OutcomeKind> KINDS = List.of(
            OutcomeKind.APPLIED,
            OutcomeKind.DUPLICATE,
            OutcomeKind.UNCHANGED,
            OutcomeKind.IGNORED,
            OutcomeKind.UNPROCESSABLE);

    final TestCluster cluster;
    private final int partitions;
    final List<ConsumerRecord<byte[], byte[]>> raw;
    final Map<Position, ProducerRecord<byte[], byte[]>> letters = new HashMap<>();
    final List<ProducerRecord<byte[], byte[]>> outcomes = new ArrayList<>();

    RecordedDay(TestCluster cluster) {
        this(cluster, 2);
    }

    RecordedDay(TestCluster cluster, int partitions) {
        this.cluster = cluster;
        this.partitions = partitions;
        for (var i = 0; i < PER_PARTITION; i += PER_TRANSACTION) {
            cluster.write(rawRecords(i));
            cluster.writeInVain(rawRecords(1_000));
        }
        raw = cluster.records(TopicCatalogue.RAW);
        raw.forEach(this::decide);
    }

    private List<ProducerRecord<byte[], byte[]>> rawRecords(int first) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = first; i < first + PER_TRANSACTION; i++) {
            for (var partition = 0; partition < partitions; partition++) {
                records.add(cluster.raw(
                        partition, "stripe/main/pi_" + partition, "stripe/main/evt_%d_%d".formatted(partition, i)));
            }
        }
        return records;
    }

    private void decide(ConsumerRecord<byte[], byte[]> record) {
        var number = outcomes.size();
        outcomes.add(outcome(record, KINDS.get(number % KINDS.size())));
        if (number % KINDS.size() == 4) {
            letters.put(
                    Position.of(record),
                    TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), record, Failure.of("d" + number)));
        }
    }

    /** The outcome of this record, saying it is of that kind. */
    ProducerRecord<byte[], byte[]> outcome(ConsumerRecord<byte[], byte[]> record, OutcomeKind kind) {
        return outcome(record, Position.of(record), kind);
    }

    /** An outcome with the keys of one record that names another as its source. */
    ProducerRecord<byte[], byte[]> outcome(ConsumerRecord<byte[], byte[]> record, Position source, OutcomeKind kind) {
        var header = new HeaderText(record.headers());
        return cluster.outcome(source, paymentKey(record), header.text("ce_id", ""), kind);
    }

    /** As Kafka Connect reports that it failed on the same raw record. */
    static ProducerRecord<byte[], byte[]> ofConnect(ProducerRecord<byte[], byte[]> letter) {
        var ours = new HeaderText(letter.headers());
        var record = new ProducerRecord<>(letter.topic(), letter.partition(), letter.key(), letter.value());
        Map.of(
                        "__connect.errors.topic", ours.text(Headers.ERROR_TOPIC, ""),
                        "__connect.errors.partition", ours.text(Headers.ERROR_PARTITION, ""),
                        "__connect.errors.offset", ours.text(Headers.ERROR_OFFSET, ""))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private static String paymentKey(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    /** Outcomes and dead letters, some transactions each, and then the offsets of both stages. */
    RecordedDay written() {
        writtenOutcomes();
        writtenLetters();
        return this;
    }

    /** What the processor does. */
    void writtenOutcomes() {
        for (var from = 0; from < outcomes.size(); from += 27) {
            cluster.write(outcomes.subList(from, Math.min(from + 27, outcomes.size())));
        }
        committed(TestCluster.PROCESSOR, TopicCatalogue.RAW);
    }

    /** What the projector does. */
    void writtenLetters() {
        cluster.write(lettersInOrder());
        committed(TestCluster.PROJECTOR, TopicCatalogue.OUTCOMES);
    }

    private List<ProducerRecord<byte[], byte[]>> lettersInOrder() {
        return letters.entrySet().stream()
                .sorted(Comparator.comparing(letter -> letter.getKey().offset()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Every outcome and every dead letter two times too often. */
    RecordedDay writtenThrice() {
        for (var i = 0; i < 2; i++) {
            cluster.write(outcomes);
            cluster.write(List.copyOf(letters.values()));
        }
        return written();
    }

    private void committed(String stage, String topic) {
        try (var reader = TopicReader.open(cluster.kafka)) {
            reader.all(cluster.topic(topic))
                    .to()
                    .forEach((partition, end) -> cluster.committed(stage, topic, partition.partition(), end));
        }
    }

    ConservationReport checked() {
        return new ConservationCheck(cluster.kafka, cluster.serdes, cluster.stages()).run(Progress.SILENT);
    }
}
