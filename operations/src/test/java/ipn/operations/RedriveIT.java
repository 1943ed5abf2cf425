package ipn.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import ipn.avro.DeadLetterStatus;
import ipn.operations.Letters.Failure;
import ipn.operations.RedriveResult.Refused;
import ipn.serde.AvroSerdes;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveIT {
    private static final Operator ADA = new Operator("ada", Optional.of("mended"));
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private Cluster cluster;
    private Redrive redrive;
    private DeadLetters letters;

    @BeforeEach
    void createTopics() {
        cluster = Cluster.create(getClass(), 2);
        redrive = new Redrive(cluster.kafka, cluster.serdes, Clock.fixed(NOW, ZoneOffset.UTC));
        letters = new DeadLetters(cluster.kafka, cluster.serdes);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void puts_back_key_value_and_headers_byte_for_byte() {
        var topic = cluster.topic(TopicCatalogue.RAW);
        var strange =
                new ProducerRecord<>(topic, null, new byte[] {(byte) 0xff, 0, 1}, new byte[] {0, 10, (byte) 0xfe});
        strange.headers()
                .add("ce_id", "e1".getBytes(UTF_8))
                .add("twice", "1".getBytes(UTF_8))
                .add("null", null)
                .add("twice", "2".getBytes(UTF_8))
                .add("empty", new byte[0])
                .add("bytes", new byte[] {(byte) 0xff, (byte) 0x80});
        var keyless = new ProducerRecord<byte[], byte[]>(topic, 1, null, "body".getBytes(UTF_8));
        var bodyless = new ProducerRecord<byte[], byte[]>(topic, null, "k".getBytes(UTF_8), null);
        cluster.write(List.of(strange, keyless, bodyless));
        var before = cluster.records(TopicCatalogue.RAW);
        before.forEach(raw -> fail(raw, Failure.of("d" + before.indexOf(raw))));

        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);

        assertThat(result.done()).isEqualTo(3);
        assertThat(result.complete()).isTrue();
        assertThat(replayed()).hasSize(3).allSatisfy(again -> {
            var original =
                    before.get(Integer.parseInt(header(again, "ipn.dlq.id").substring(1)));
            assertThat(again.key()).isEqualTo(original.key());
            assertThat(again.value()).isEqualTo(original.value());
            assertThat(again.partition()).isEqualTo(original.partition());
            assertThat(headers(again).subList(0, headers(original).size())).isEqualTo(headers(original));
            assertThat(headers(again)
                            .subList(headers(original).size(), headers(again).size()))
                    .containsExactly(
                            "ipn.dlq.id=" + header(again, "ipn.dlq.id"),
                            "ipn.dlq.attempts=2",
                            "ipn.dlq.first-failed-at=" + Letters.FIRST,
                            "ipn.replay-id=" + result.replayId());
        });
    }

    @Test
    void notes_who_decided_and_why() {
        failed(1);
        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);

        assertThat(cluster.statuses())
                .containsExactly(new DeadLetterStatus("d0", "REPLAYED", 1, result.replayId(), "ada", "mended", NOW));
    }

    @Test
    void running_it_again_repeats_nothing_and_what_fails_again_is_open_again() {
        failed(3);
        redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isZero();

        fail(
                replayed().get(0),
                Failure.of(header(replayed().get(0), "ipn.dlq.id")).attempts(2));
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isEqualTo(1);
        assertThat(replayed()).hasSize(4);
        assertThat(replayed().stream()
                        .filter(again -> header(again, "ipn.dlq.attempts").equals("3")))
                .hasSize(1);
    }

    @Test
    void takes_only_what_is_meant_and_says_what_it_left() {
        failed(3);
        redrive.discard(Set.of("d2"), ADA);
        var result = redrive.replay(DeadLetterFilter.OPEN.withIds(Set.of("d0", "d2", "d9")), ADA, Progress.SILENT);

        assertThat(result.examples()).containsExactly("d0");
        assertThat(result.refused())
                .containsExactlyInAnyOrder(
                        new Refused("d2", "already DISCARDED"),
                        new Refused("d9", "not there (expected: the id of an open dead letter)"));
        assertThat(result.complete()).isFalse();
        assertThat(replayed()).extracting(again -> header(again, "ipn.dlq.id")).containsExactly("d0");
    }

    @Test
    void a_dry_run_says_what_would_be_done_and_writes_nothing() {
        failed(2);
        var result = redrive.preview(DeadLetterFilter.OPEN, ADA);

        assertThat(result.dryRun()).isTrue();
        assertThat(result.examples()).containsExactlyInAnyOrder("d0", "d1");
        assertThat(replayed()).isEmpty();
        assertThat(cluster.statuses()).isEmpty();
    }

    @Test
    void keeps_the_order_of_each_partition_over_many_batches() {
        failed(250);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isEqualTo(250);

        for (var partition = 0; partition < 2; partition++) {
            var number = partition;
            var ids = replayed().stream()
                    .filter(again -> again.partition() == number)
                    .map(again -> Integer.parseInt(header(again, "ipn.dlq.id").substring(1)))
                    .toList();
            assertThat(ids).hasSizeGreaterThan(50).isSorted();
        }
    }

    @Test
    void killed_between_writing_and_committing_it_leaves_nothing_and_the_next_run_does_it_once() {
        failed(5);
        try (var killed = RedriveTransaction.open(cluster.kafka)) {
            killed.send(cluster.records(TopicCatalogue.DLQ).stream()
                    .map(dead -> Replay.of(dead, DeadLetter.of(dead, new Decisions()), "killed", 2))
                    .toList());
        }
        assertThat(replayed()).isEmpty();
        assertThat(letters.list(DeadLetterFilter.OPEN, 10).letters()).hasSize(5);

        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(result.done()).isEqualTo(5);
        assertThat(replayed())
                .hasSize(5)
                .allMatch(again -> header(again, "ipn.replay-id").equals(result.replayId()));
    }

    @Test
    void a_second_redrive_takes_over_and_the_first_can_write_no_more() {
        failed(2);
        try (var first = RedriveTransaction.open(cluster.kafka)) {
            first.send(List.of(cluster.raw(0, "late", "late")));
            assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT)
                            .done())
                    .isEqualTo(2);
            assertThatThrownBy(first::commit)
                    .isInstanceOfSatisfying(
                            KafkaException.class,
                            e -> assertThat(Redrive.reasonOf(e))
                                    .hasValue("another redrive or discard has taken over; see what is still open"));
        }
        assertThat(cluster.records(TopicCatalogue.RAW)).hasSize(2 + 2);
    }

    @Test
    void what_another_redrive_commits_at_the_last_moment_is_known() {
        failed(2);
        var registry = new Registry();
        var serdes = new AvroSerdes(Map.of(), registry);
        var decided = new DeadLetterStatus("d0", "REPLAYED", 1, "other", "eve", null, NOW);
        var statuses = cluster.topic(TopicCatalogue.DLQ_STATUS);
        try (var serializer = serdes.serializer(DeadLetterStatus.class);
                var other = RedriveTransaction.open(cluster.kafka)) {
            var before = new DeadLetterStatus("old", "DISCARDED", 1, null, "eve", "noise", NOW);
            cluster.write(
                    new ProducerRecord<>(statuses, "old".getBytes(UTF_8), serializer.serialize(statuses, before)));
            other.send(List.of(
                    cluster.raw(0, "of", "the other"),
                    new ProducerRecord<>(statuses, "d0".getBytes(UTF_8), serializer.serialize(statuses, decided))));
            // The other one commits while ours reads the decisions: too late, because ours has begun.
            registry.onRead = other::commit;
            var ours = new Redrive(cluster.kafka, serdes, Clock.fixed(NOW, ZoneOffset.UTC));

            assertThatThrownBy(() -> ours.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT))
                    .isInstanceOf(KafkaException.class);
            registry.onRead = () -> {};
            assertThat(ours.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                    .isEqualTo(2);
            assertThat(cluster.records(TopicCatalogue.RAW)).hasSize(2 + 2);
        }
    }

    /** Lets something happen at the moment when the first decision is read. */
    private static final class Registry extends MockSchemaRegistryClient {
        private Runnable onRead = () -> {};

        @Override
        public ParsedSchema getSchemaBySubjectAndId(String subject, int id) throws IOException, RestClientException {
            onRead.run();
            return super.getSchemaBySubjectAndId(subject, id);
        }
    }

    @Test
    void several_redrives_at_once_replay_everything_once() {
        failed(400);
        var running = new ArrayList<CompletableFuture<RedriveResult>>();
        for (var i = 0; i < 3; i++) {
            running.add(CompletableFuture.supplyAsync(
                    () -> redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT),
                    task -> new Thread(task).start()));
        }
        var done = running.stream()
                .map(Cluster::get)
                .mapToLong(RedriveResult::done)
                .sum();
        var rest = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);

        assertThat(done + rest.done()).isEqualTo(400);
        var ids = replayed().stream().map(again -> header(again, "ipn.dlq.id")).toList();
        assertThat(ids).hasSize(400).doesNotHaveDuplicates();
        assertThat(cluster.statuses()).hasSize(400);
    }

    @Test
    void a_discard_needs_a_reason_and_is_final_for_what_failed_so_far() {
        failed(1);
        assertThatThrownBy(() -> redrive.discard(Set.of("d0"), new Operator("ada", Optional.empty())))
                .hasMessageContaining("why: missing");
        assertThatThrownBy(() -> redrive.discard(Set.of(), ADA)).hasMessageContaining("ids: none");

        assertThat(redrive.discard(Set.of("d0"), ADA).done()).isEqualTo(1);
        assertThat(replayed()).isEmpty();
        assertThat(cluster.statuses())
                .containsExactly(new DeadLetterStatus("d0", "DISCARDED", 1, null, "ada", "mended", NOW));
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isZero();
    }

    @Test
    void what_did_not_come_from_the_raw_topic_is_not_written_anywhere() {
        cluster.write(new ProducerRecord<>(cluster.topic(TopicCatalogue.DLQ), 0, null, "?".getBytes(UTF_8)));
        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);

        assertThat(result.done()).isZero();
        assertThat(result.refused())
                .singleElement()
                .extracting(Refused::why)
                .asString()
                .contains("(expected: ");
        assertThat(cluster.statuses()).isEmpty();
    }

    @Test
    void tells_how_far_it_is() {
        failed(10);
        var heard = Collections.synchronizedList(new ArrayList<Long>());
        redrive.replay(DeadLetterFilter.OPEN, ADA, (step, done, total) -> heard.add(total - done));
        assertThat(heard.get(heard.size() - 1)).isZero();
    }

    private void failed(int count) {
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

    private void fail(ConsumerRecord<byte[], byte[]> raw, Failure failure) {
        cluster.write(deadLetter(raw, failure));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> raw, Failure failure) {
        return Letters.deadLetter(cluster.topic(TopicCatalogue.DLQ), raw, failure);
    }

    private List<ConsumerRecord<byte[], byte[]>> replayed() {
        return cluster.records(TopicCatalogue.RAW).stream()
                .filter(record -> record.headers().lastHeader("ipn.replay-id") != null)
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new HeaderText(record.headers()).text(name, "");
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Letters::shown)
                .toList();
    }
}
