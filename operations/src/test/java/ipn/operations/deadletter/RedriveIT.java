package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.avro.DecisionKind;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.operations.Operator;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.RedriveResult.Refused;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.Progress;
import ipn.seal.SealCheck;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveIT {
    private static final Operator ADA = new Operator("ada", Optional.of("fixed"));
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private TestCluster cluster;
    private FailedRecords failures;
    private Redrive redrive;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2);
        failures = new FailedRecords(cluster);
        redrive = new Redrive(cluster.kafka, cluster.serdes, Clock.fixed(NOW, ZoneOffset.UTC));
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
        before.forEach(raw -> failures.fail(raw, Failure.of("d" + before.indexOf(raw))));

        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);

        assertThat(result.refused()).isEmpty();
        assertThat(result.done()).isEqualTo(3);
        assertThat(result.complete()).isTrue();
        assertThat(failures.replayed()).hasSize(3).allSatisfy(again -> {
            var original = before.get(
                    Integer.parseInt(FailedRecords.header(again, "ipn.dlq.id").substring(1)));
            assertThat(again.key()).isEqualTo(original.key());
            assertThat(again.value()).isEqualTo(original.value());
            assertThat(again.partition()).isEqualTo(original.partition());
            assertThat(FailedRecords.headers(again)
                            .subList(0, FailedRecords.headers(original).size()))
                    .isEqualTo(FailedRecords.headers(original));
            assertThat(FailedRecords.headers(again)
                            .subList(
                                    FailedRecords.headers(original).size(),
                                    FailedRecords.headers(again).size()))
                    .containsExactly(
                            "ipn.dlq.id=" + FailedRecords.header(again, "ipn.dlq.id"),
                            "ipn.dlq.attempts=2",
                            "ipn.dlq.first-failed-at=" + TestDeadLetters.FIRST,
                            "ipn.replay-id=" + result.replayId());
        });
    }

    @Test
    void notes_who_decided_and_why() {
        failures.failed(1);
        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);

        assertThat(cluster.statuses())
                .containsExactly(new DeadLetterStatus(
                        "d0", DeadLetterDecision.REPLAYED, 1, result.replayId(), "ada", "fixed", NOW));
    }

    @Test
    void records_one_decision_for_all_its_batches() {
        failures.failed(600);
        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(result.done()).isEqualTo(600);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isZero();

        assertThat(cluster.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.getKind()).isEqualTo(DecisionKind.REPLAY);
            assertThat(decision.getAbout()).isEqualTo(result.replayId());
            assertThat(decision.getWhich()).isEqualTo("all open dead letters");
            assertThat(decision.getBy()).isEqualTo("ada");
        });
    }

    @Test
    void running_it_again_repeats_nothing_and_what_fails_again_is_open_again() {
        failures.failed(3);
        redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isZero();

        failures.fail(
                failures.replayed().get(0),
                Failure.of(FailedRecords.header(failures.replayed().get(0), "ipn.dlq.id"))
                        .attempts(2));
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isEqualTo(1);
        assertThat(failures.replayed()).hasSize(4);
        assertThat(failures.replayed().stream()
                        .filter(again ->
                                FailedRecords.header(again, "ipn.dlq.attempts").equals("3")))
                .hasSize(1);
    }

    @Test
    void replays_only_what_matches_and_reports_what_it_refused() {
        failures.failed(3);
        redrive.discard(Set.of("d2"), ADA);
        var result = redrive.replay(DeadLetterFilter.OPEN.withIds(Set.of("d0", "d2", "d9")), ADA, Progress.SILENT);

        assertThat(result.examples()).containsExactly("d0");
        assertThat(result.refused())
                .containsExactlyInAnyOrder(
                        new Refused("d2", "already DISCARDED"),
                        new Refused("d9", "no such open dead letter (expected: an id from 'ipn dlq list')"));
        assertThat(result.complete()).isFalse();
        assertThat(failures.replayed())
                .extracting(again -> FailedRecords.header(again, "ipn.dlq.id"))
                .containsExactly("d0");
    }

    @Test
    void a_dead_letter_of_which_only_the_first_bytes_were_kept_is_not_replayed_and_can_be_discarded() {
        failures.failed(1);
        var raw = cluster.records(TopicCatalogue.RAW).get(0);
        var letter = TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), raw, Failure.of("d9"));
        letter.headers().add(Headers.DLQ_TRUNCATED, new byte[] {'0'});
        cluster.write(letter);

        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(result.examples()).containsExactly("d0");
        assertThat(result.refused()).extracting(Refused::id).containsExactly("d9");
        assertThat(failures.replayed()).hasSize(1);
        assertThat(redrive.discard(Set.of("d9"), ADA).done()).isEqualTo(1);
    }

    @Test
    void a_dry_run_reports_what_would_be_done_and_writes_nothing() {
        failures.failed(2);
        var result = redrive.preview(DeadLetterFilter.OPEN, ADA);

        assertThat(result.dryRun()).isTrue();
        assertThat(result.examples()).containsExactlyInAnyOrder("d0", "d1");
        assertThat(failures.replayed()).isEmpty();
        assertThat(cluster.statuses()).isEmpty();
    }

    @Test
    void keeps_the_order_of_each_partition_over_many_batches() {
        failures.failed(600);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isEqualTo(600);

        for (var partition = 0; partition < 2; partition++) {
            var number = partition;
            var ids = failures.replayed().stream()
                    .filter(again -> again.partition() == number)
                    .map(again -> Integer.parseInt(
                            FailedRecords.header(again, "ipn.dlq.id").substring(1)))
                    .toList();
            assertThat(ids).hasSizeGreaterThan(50).isSorted();
        }
    }

    @Test
    void a_discard_needs_a_reason_and_is_final_for_what_failed_so_far() {
        failures.failed(1);
        assertThatThrownBy(() -> redrive.discard(Set.of("d0"), new Operator("ada", Optional.empty())))
                .hasMessageContaining("why: missing");
        assertThatThrownBy(() -> redrive.discard(Set.of(), ADA)).hasMessageContaining("ids: none");

        assertThat(redrive.discard(Set.of("d0"), ADA).done()).isEqualTo(1);
        assertThat(failures.replayed()).isEmpty();
        assertThat(cluster.statuses())
                .containsExactly(
                        new DeadLetterStatus("d0", DeadLetterDecision.DISCARDED, 1, null, "ada", "fixed", NOW));
        assertThat(cluster.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.getKind()).isEqualTo(DecisionKind.DISCARD);
            assertThat(decision.getWhich()).isEqualTo("open dead letters: ids d0");
        });
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isZero();
    }

    @Test
    void ends_at_its_limit_and_a_further_run_does_the_rest() {
        failures.failed(250);
        var limited = redrive.within(new RedriveLimits(120, Long.MAX_VALUE, Integer.MAX_VALUE));

        assertThat(limited.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isEqualTo(120);
        assertThat(failures.replayed()).hasSize(120);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isEqualTo(130);
        assertThat(failures.replayed())
                .extracting(again -> FailedRecords.header(again, "ipn.dlq.id"))
                .doesNotHaveDuplicates()
                .hasSize(250);
    }

    @Test
    void writes_no_faster_than_its_rate() {
        failures.failed(20);
        var slow = redrive.within(new RedriveLimits(Long.MAX_VALUE, 20, Integer.MAX_VALUE));
        var began = System.nanoTime();
        assertThat(slow.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .isEqualTo(20);
        assertThat(System.nanoTime() - began).isGreaterThan(900_000_000L);
    }

    @Test
    void what_failed_too_often_is_parked_and_is_open_again_after_an_undo() {
        failures.failed(1);
        var raw = cluster.records(TopicCatalogue.RAW).get(0);
        redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        failures.fail(raw, Failure.of("d0").attempts(2));
        var careful = redrive.within(new RedriveLimits(Long.MAX_VALUE, Long.MAX_VALUE, 2));

        var result = careful.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(result.parked()).isEqualTo(1);
        assertThat(result.done()).isZero();
        assertThat(result.complete()).isFalse();
        assertThat(failures.replayed()).hasSize(1);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .as("parked: no longer open")
                .isZero();
        assertThat(statusOf("d0")).isEqualTo(DeadLetter.Status.PARKED);

        assertThat(redrive.undo(Set.of("d0"), ADA).done()).isEqualTo(1);
        assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                .as("once, not once for each time it failed")
                .isEqualTo(1);
        assertThat(failures.replayed()).hasSize(2);
        assertThat(FailedRecords.header(failures.replayed().get(1), "ipn.dlq.attempts"))
                .isEqualTo("3");
    }

    @Test
    void an_undo_opens_what_was_discarded_and_nothing_else() {
        failures.failed(3);
        redrive.discard(Set.of("d0"), ADA);
        redrive.replay(DeadLetterFilter.OPEN.withIds(Set.of("d1")), ADA, Progress.SILENT);

        var result = redrive.undo(Set.of("d0", "d1", "d2"), ADA);
        assertThat(result.examples()).containsExactly("d0");
        assertThat(result.refused()).extracting(Refused::id).containsExactlyInAnyOrder("d1", "d2");
        assertThat(statusOf("d0")).isEqualTo(DeadLetter.Status.OPEN);
        assertThat(statusOf("d1")).isEqualTo(DeadLetter.Status.REPLAYED);
        assertThat(cluster.decisions()).extracting(ipn.avro.Decision::getKind).contains(DecisionKind.REOPEN);
        assertThatThrownBy(() -> redrive.undo(Set.of("d1"), new Operator("ada", Optional.empty())))
                .hasMessageContaining("why: missing");
    }

    @Test
    void a_repair_writes_the_repaired_body_sealed_with_the_original_and_who_and_why() {
        failures.failed(2);
        var environment = Map.of(
                "INGRESS",
                "a-secret-of-the-tests-that-is-long-enough-1",
                "TOOLS",
                "a-secret-of-the-tests-that-is-long-enough-2");
        var settings = Settings.parse("seal: {ingress: 'env:INGRESS', tools: 'env:TOOLS'}", environment, Path.of(""));
        var repair = new Repair(
                Bytes.utf8("repaired"),
                new Item(0, "stripe/main/pi_1", "stripe/main/evt_1", "invoice.paid"),
                ADA,
                NOW,
                Sealer.from(settings, SealRole.TOOLS).orElseThrow());

        var result = redrive.repair("d0", repair, Duration.ZERO, "none", Progress.SILENT);
        assertThat(result.done()).isEqualTo(1);
        var again = failures.replayed().get(0);
        assertThat(again.value()).isEqualTo("repaired".getBytes(UTF_8));
        assertThat(again.key()).isEqualTo("stripe/main/pi_1".getBytes(UTF_8));
        assertThat(FailedRecords.headers(again))
                .contains(
                        "ipn.repaired-original=0",
                        "ipn.repaired-by=ada",
                        "ipn.repaired-why=fixed",
                        "ipn.repaired-at=" + NOW)
                .contains("ce_id=stripe/main/evt_1", "ipn.dlq.id=d0", "ipn.dlq.attempts=2");
        var headers = new ArrayList<Map.Entry<String, byte[]>>();
        again.headers().forEach(header -> headers.add(Map.entry(header.key(), header.value())));
        assertThat(SealCheck.from(settings).sealedBy(again.key(), again.value(), headers, NOW))
                .contains(SealRole.TOOLS);
        assertThat(statusOf("d0")).isEqualTo(DeadLetter.Status.REPLAYED);
        assertThat(statusOf("d1")).isEqualTo(DeadLetter.Status.OPEN);
    }

    private DeadLetter.Status statusOf(String id) {
        return new DeadLetters(cluster.kafka, cluster.serdes)
                .show(id)
                .orElseThrow()
                .letter()
                .status();
    }

    @Test
    void a_dead_letter_of_another_topic_is_not_written_anywhere() {
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
    void reports_its_progress() {
        failures.failed(10);
        var received = Collections.synchronizedList(new ArrayList<Long>());
        redrive.replay(DeadLetterFilter.OPEN, ADA, (step, done, total) -> received.add(total - done));
        assertThat(received.get(received.size() - 1)).isZero();
    }
}
