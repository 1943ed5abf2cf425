package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.OutcomeKind;
import ipn.operations.Operator;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.ReplayReport.Result;
import ipn.operations.deadletter.ReplayReport.State;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a replay reports about each dead letter. The test takes the place of the stages. */
class ReplayWatchIT {
    private static final Operator ADA = new Operator("ada", Optional.of("fixed"));
    private static final Duration LONG = Duration.ofSeconds(30);

    private TestCluster cluster;
    private FailedRecords failures;
    private Redrive redrive;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 1);
        failures = new FailedRecords(cluster);
        redrive = new Redrive(cluster.kafka, cluster.serdes, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void reports_what_was_processed_what_failed_again_and_what_is_not_processed_yet() {
        failures.failed(3);

        var result = replay(Duration.ofSeconds(2), new Stages() {
            @Override
            public void process(ConsumerRecord<byte[], byte[]> replayed) {
                switch (FailedRecords.header(replayed, Headers.DLQ_ID)) {
                    case "d0" -> cluster.write(cluster.outcome(Position.of(replayed), "k0", "e", OutcomeKind.APPLIED));
                    case "d1" -> failures.fail(replayed, Failure.of("d1").attempts(2));
                    default -> {}
                }
            }
        });

        var report = result.report().orElseThrow();
        assertThat(report.letters())
                .containsExactly(
                        new Result("d1", State.FAILED_AGAIN, "MALFORMED"),
                        new Result("d2", State.NOT_PROCESSED_YET, null),
                        new Result("d0", State.PROCESSED, "APPLIED"));
        assertThat(report.processed()).isEqualTo(1);
        assertThat(report.failedAgain()).isEqualTo(1);
        assertThat(report.notProcessedYet()).isEqualTo(1);
        assertThat(result.complete()).isFalse();
    }

    @Test
    void is_complete_as_soon_as_all_are_processed() {
        failures.failed(2);
        var result = replay(
                LONG,
                replayed -> cluster.write(cluster.outcome(Position.of(replayed), "k", "e", OutcomeKind.UNCHANGED)));
        assertThat(result.report().orElseThrow().processed()).isEqualTo(2);
        assertThat(result.complete()).isTrue();
    }

    @Test
    void an_order_was_processed_if_the_projector_passed_it_without_a_dead_letter_of_this_replay() {
        brokenOrder("o_1");
        brokenOrder("o_2");

        var result = replay(LONG, new Stages() {
            @Override
            public void process(ConsumerRecord<byte[], byte[]> replayed) {
                if (new String(replayed.key(), UTF_8).equals("o_1")) {
                    var letter = TestDeadLetters.deadLetter(
                            cluster.topic(TopicCatalogue.DLQ),
                            replayed,
                            Failure.of("o_1").attempts(2));
                    var replayId = FailedRecords.header(replayed, Headers.REPLAY_ID);
                    letter.headers().add(Headers.DLQ_REPLAY_ID, replayId.getBytes(UTF_8));
                    cluster.write(letter);
                }
                cluster.committed(TestCluster.PROJECTOR, TopicCatalogue.ORDERS, 0, replayed.offset() + 1);
            }
        });

        assertThat(result.report().orElseThrow().letters())
                .containsExactly(
                        new Result("o_1", State.FAILED_AGAIN, "MALFORMED"), new Result("o_2", State.PROCESSED, null));
    }

    @Test
    void without_waiting_nothing_is_reported() {
        failures.failed(1);
        var result = redrive.replay(DeadLetterFilter.OPEN, ADA, Progress.SILENT);
        assertThat(result.report()).isEmpty();
        assertThat(result.complete()).isTrue();
    }

    private void brokenOrder(String id) {
        cluster.write(new ProducerRecord<>(
                cluster.topic(TopicCatalogue.ORDERS), id.getBytes(UTF_8), "not avro".getBytes(UTF_8)));
        var orders = cluster.records(TopicCatalogue.ORDERS);
        failures.fail(orders.get(orders.size() - 1), Failure.of(id));
    }

    @FunctionalInterface
    private interface Stages {
        void process(ConsumerRecord<byte[], byte[]> replayed);
    }

    /** Replays; the stages process the replayed records when the command begins to wait. */
    private RedriveResult replay(Duration atMost, Stages stages) {
        var processed = new AtomicBoolean();
        Progress progress = (step, done, total) -> {
            if (step.startsWith("waiting until the replayed") && processed.compareAndSet(false, true)) {
                for (var topic : new String[] {TopicCatalogue.RAW, TopicCatalogue.ORDERS}) {
                    cluster.records(topic).stream()
                            .filter(record -> record.headers().lastHeader(Headers.REPLAY_ID) != null)
                            .forEach(stages::process);
                }
            }
        };
        var result = redrive.replayAndWait(
                DeadLetterFilter.OPEN, ADA, atMost, cluster.topic(TestCluster.PROJECTOR), progress);
        assertThat(processed).isTrue();
        return result;
    }
}
