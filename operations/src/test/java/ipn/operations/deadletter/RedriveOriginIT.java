package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.OutcomeKind;
import ipn.operations.Operator;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that can write only to {@code ipn.dlq} cannot have anything written to {@code ipn.raw} or {@code ipn.orders}. */
class RedriveOriginIT {
    private static final Operator ADA = new Operator("ada", Optional.of("fixed"));

    private TestCluster cluster;
    private FailedRecords failures;
    private Redrive redrive;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2);
        failures = new FailedRecords(cluster);
        redrive = new Redrive(cluster.kafka, cluster.serdes, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_forged_record_is_refused_and_the_genuine_one_with_the_same_id_is_replayed() {
        var at = cluster.write(cluster.raw(0, "stripe/main/pi_1", "evt_1"));
        var raw = record(TopicCatalogue.RAW, at);
        forge(raw, "d1", letter -> with(letter, letter.key(), "{\"amount\": 800000}".getBytes(UTF_8)));
        failures.fail(raw, Failure.of("d1"));

        var result = replay(redrive);
        assertThat(result.done()).isEqualTo(1);
        assertThat(refusals(result))
                .singleElement()
                .asString()
                .contains("differs from the record at " + at, "expected: the record that failed");
        assertThat(failures.replayed())
                .singleElement()
                .satisfies(again -> assertThat(again.value()).isEqualTo(raw.value()));
    }

    @Test
    void a_dead_letter_with_another_key_or_another_header_is_refused() {
        var raw = record(TopicCatalogue.RAW, cluster.write(cluster.raw(0, "stripe/main/pi_1", "evt_1")));
        failures.rejected(List.of(raw));
        forge(raw, "key", letter -> with(letter, "stripe/main/pi_2".getBytes(UTF_8), letter.value()));
        forge(raw, "changed header", letter -> {
            letter.headers().remove(Headers.CE_ID).add(Headers.CE_ID, "evt_2".getBytes(UTF_8));
            return letter;
        });
        forge(raw, "more headers", letter -> {
            letter.headers().add(Headers.VERIFIED_BY, "operator".getBytes(UTF_8));
            return letter;
        });
        forge(raw, "fewer headers", letter -> {
            letter.headers().remove(Headers.CE_SOURCE);
            return letter;
        });

        var result = replay(redrive);
        assertThat(result.done()).isZero();
        assertThat(refusals(result)).hasSize(4).allMatch(why -> why.contains("differs from the record at"));
        assertThat(failures.replayed()).isEmpty();
    }

    @Test
    void a_dead_letter_of_a_record_that_the_processor_accepted_is_refused() {
        var at = cluster.write(cluster.raw(0, "stripe/main/pi_1", "evt_1"));
        var raw = record(TopicCatalogue.RAW, at);
        var outcome = cluster.outcome(at, "stripe/main/pi_1", "evt_1", OutcomeKind.APPLIED);
        cluster.write(new ProducerRecord<>(outcome.topic(), 0, raw.timestamp(), outcome.key(), outcome.value()));
        forge(raw, "d1", letter -> letter);

        assertThat(refusals(replay(redrive))).singleElement().asString().contains("no outcome reports that " + at);
        assertThat(failures.replayed()).isEmpty();
    }

    @Test
    void a_dead_letter_of_a_record_that_does_not_exist_is_refused() {
        var raw = record(TopicCatalogue.RAW, cluster.write(cluster.raw(0, "stripe/main/pi_1", "evt_1")));
        for (var partition : List.of("0", "7", "-1", "x")) {
            forge(raw, "d" + partition, letter -> {
                letter.headers()
                        .remove(Headers.ERROR_PARTITION)
                        .add(Headers.ERROR_PARTITION, partition.getBytes(UTF_8))
                        .remove(Headers.ERROR_OFFSET)
                        .add(Headers.ERROR_OFFSET, "1000000".getBytes(UTF_8));
                return letter;
            });
        }
        assertThat(refusals(replay(redrive.acceptingCopies())))
                .hasSize(4)
                .allMatch(why -> why.contains("does not exist"));
        assertThat(failures.replayed()).isEmpty();
    }

    @Test
    void a_dead_letter_older_than_its_original_is_replayed_only_when_copies_are_accepted() {
        var at = cluster.write(cluster.raw(0, "stripe/main/pi_1", "evt_1"));
        failures.fail(record(TopicCatalogue.RAW, at), Failure.of("d1"));
        cluster.write(cluster.raw(0, "stripe/main/pi_2", "evt_2"));
        cluster.deleteBefore(TopicCatalogue.RAW, 0, at.offset() + 1);

        assertThat(refusals(replay(redrive)))
                .singleElement()
                .asString()
                .contains("retention deleted the original", "--from-copy");
        assertThat(failures.replayed()).isEmpty();
        assertThat(replay(redrive.acceptingCopies()).done()).isEqualTo(1);
        assertThat(failures.replayed()).hasSize(1);
    }

    @Test
    void an_order_is_replayed_unless_it_differs_or_a_newer_one_has_its_id() {
        var orders = cluster.topic(TopicCatalogue.ORDERS);
        var old = record(
                TopicCatalogue.ORDERS,
                cluster.write(new ProducerRecord<>(orders, 0, "o_1".getBytes(UTF_8), new byte[] {1})));
        var other = record(
                TopicCatalogue.ORDERS,
                cluster.write(new ProducerRecord<>(orders, 0, "o_2".getBytes(UTF_8), new byte[] {2})));
        var newer = cluster.write(new ProducerRecord<>(orders, 0, "o_1".getBytes(UTF_8), new byte[] {3}));
        failures.fail(old, Failure.of("old"));
        failures.fail(other, Failure.of("other"));
        forge(other, "forged", letter -> with(letter, letter.key(), new byte[] {9}));

        var result = replay(redrive);
        assertThat(result.examples()).containsExactly("other");
        assertThat(refusals(result))
                .satisfiesExactlyInAnyOrder(
                        why -> assertThat(why).contains("a newer order with its id is at " + newer),
                        why -> assertThat(why).contains("differs from the record at"));
        assertThat(cluster.records(TopicCatalogue.ORDERS)).hasSize(4);
    }

    private static RedriveResult replay(Redrive redrive) {
        return redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
    }

    private static List<String> refusals(RedriveResult result) {
        return result.refused().stream().map(RedriveResult.Refused::why).toList();
    }

    private ConsumerRecord<byte[], byte[]> record(String topic, Position at) {
        return cluster.records(topic).stream()
                .filter(record -> Position.of(record).equals(at))
                .findFirst()
                .orElseThrow();
    }

    private void forge(
            ConsumerRecord<byte[], byte[]> raw, String id, UnaryOperator<ProducerRecord<byte[], byte[]>> change) {
        cluster.write(change.apply(TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), raw, Failure.of(id))));
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> letter, byte[] key, byte[] value) {
        return new ProducerRecord<>(letter.topic(), letter.partition(), key, value, letter.headers());
    }
}
