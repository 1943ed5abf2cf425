package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.operations.Operator;
import ipn.operations.TestCluster;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.serde.AvroSerdes;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a redrive owes when it is killed, or is not alone. */
class RedriveInterruptedIT {
    private static final Operator ADA = new Operator("ada", Optional.of("fixed"));
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final Registry registry = new Registry();
    private TestCluster cluster;
    private FailedRecords failures;
    private Redrive redrive;
    private DeadLetters letters;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2, registry);
        failures = new FailedRecords(cluster);
        redrive = new Redrive(cluster.kafka, cluster.serdes, Clock.fixed(NOW, ZoneOffset.UTC));
        letters = new DeadLetters(cluster.kafka, cluster.serdes);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void killed_between_writing_and_committing_it_leaves_nothing_and_the_next_run_does_it_once() {
        failures.failed(5);
        try (var killed = ExclusiveWriter.open(cluster.kafka, "redrive")) {
            killed.send(cluster.records(TopicCatalogue.DLQ).stream()
                    .map(dead -> ReplayedRecord.of(dead, DeadLetter.of(dead, new DeadLetterDecisions()), "killed", 2))
                    .toList());
        }
        assertThat(failures.replayed()).isEmpty();
        assertThat(letters.list(DeadLetterFilter.OPEN, 10).letters()).hasSize(5);

        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(result.done()).isEqualTo(5);
        assertThat(failures.replayed())
                .hasSize(5)
                .allMatch(again -> FailedRecords.header(again, "ipn.replay-id").equals(result.replayId()));
    }

    @Test
    void a_second_redrive_takes_over_and_the_first_can_write_no_more() {
        failures.failed(2);
        try (var first = ExclusiveWriter.open(cluster.kafka, "redrive")) {
            first.send(List.of(cluster.raw(0, "late", "late")));
            assertThat(redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT)
                            .done())
                    .isEqualTo(2);
            assertThatThrownBy(first::commit)
                    .isInstanceOfSatisfying(
                            KafkaException.class,
                            e -> assertThat(RedriveRun.stopReason(e))
                                    .isEqualTo(
                                            "another redrive or discard was started; list the open dead letters to see what is left"));
        }
        assertThat(cluster.records(TopicCatalogue.RAW)).hasSize(2 + 2);
    }

    @Test
    void what_another_redrive_commits_at_the_last_moment_is_known() {
        failures.failed(2);
        // Its own cache, so that it asks the registry.
        var serdes = new AvroSerdes(Map.of(), registry);
        var decided = new DeadLetterStatus("d0", DeadLetterDecision.REPLAYED, 1, "other", "eve", null, NOW);
        var statuses = cluster.topic(TopicCatalogue.DLQ_STATUS);
        try (var serializer = serdes.serializer(DeadLetterStatus.class);
                var other = ExclusiveWriter.open(cluster.kafka, "redrive")) {
            var before = new DeadLetterStatus("old", DeadLetterDecision.DISCARDED, 1, null, "eve", "noise", NOW);
            cluster.write(
                    new ProducerRecord<>(statuses, "old".getBytes(UTF_8), serializer.serialize(statuses, before)));
            other.send(List.of(
                    cluster.raw(0, "of", "the other"),
                    new ProducerRecord<>(statuses, "d0".getBytes(UTF_8), serializer.serialize(statuses, decided))));
            // The other one commits while ours reads the decisions: too late, because ours has begun.
            var fenced = new AtomicReference<KafkaException>();
            registry.onRead = () -> {
                registry.onRead = () -> {};
                try {
                    other.commit();
                } catch (KafkaException e) {
                    fenced.set(e);
                }
            };
            var ours = new Redrive(cluster.kafka, serdes, Clock.fixed(NOW, ZoneOffset.UTC));

            assertThat(ours.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT).done())
                    .isEqualTo(2);
            assertThat(fenced.get()).isNotNull();
            assertThat(cluster.records(TopicCatalogue.RAW)).hasSize(2 + 2);
        }
    }

    @Test
    void several_redrives_at_once_replay_everything_once() {
        failures.failed(1_000);
        var running = new ArrayList<CompletableFuture<RedriveResult>>();
        for (var i = 0; i < 3; i++) {
            running.add(CompletableFuture.supplyAsync(
                    () -> redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT),
                    task -> new Thread(task).start()));
        }
        var done = running.stream()
                .map(TestCluster::get)
                .mapToLong(RedriveResult::done)
                .sum();
        var rest = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);

        assertThat(done + rest.done()).isEqualTo(1_000);
        var ids = failures.replayed().stream()
                .map(again -> FailedRecords.header(again, "ipn.dlq.id"))
                .toList();
        assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(cluster.statuses()).hasSize(1_000);
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
}
