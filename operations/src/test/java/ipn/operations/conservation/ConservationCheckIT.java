package ipn.operations.conservation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.OutcomeKind;
import ipn.operations.TestCluster;
import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.ConservationReport.Row;
import ipn.operations.deadletter.TestDeadLetters;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.Position;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConservationCheckIT {
    private static final int ALL = 2 * RecordedDay.PER_PARTITION;

    private TestCluster cluster;
    private RecordedDay day;

    @BeforeEach
    void live_a_day() {
        cluster = TestCluster.create(ConservationCheckIT.class, 2);
        day = new RecordedDay(cluster);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_faultless_day_balances_whatever_gaps_transactions_left() {
        var report = day.written().checked();

        assertThat(report.findings()).isEmpty();
        assertThat(report.balanced()).isTrue();
        assertThat(report.waiting()).isZero();
        assertThat(report.records()).isEqualTo(ALL);
        assertThat(report.outcomes())
                .isEqualTo(Map.of(
                        "APPLIED",
                        ALL / 5L,
                        "DUPLICATE",
                        ALL / 5L,
                        "UNCHANGED",
                        ALL / 5L,
                        "IGNORED",
                        ALL / 5L,
                        "UNPROCESSABLE",
                        ALL / 5L));
        assertThat(report.deadLetters()).isEqualTo(ALL / 5);
        assertThat(report.rows()).extracting(Row::records).containsOnly((long) RecordedDay.PER_PARTITION);
    }

    @Test
    void a_record_that_is_not_decided_yet_is_waiting_and_no_finding() {
        day.written();
        cluster.write(cluster.raw(0, "stripe/main/pi_0", "stripe/main/evt_new"));
        var report = day.checked();

        assertThat(report.balanced()).isTrue();
        assertThat(report.waiting()).isEqualTo(1);
    }

    @Test
    void records_that_wait_to_become_raw_records_are_counted() {
        day.written();
        assertThat(day.checked().allDecided()).isTrue();
        var topic = cluster.topic(TopicCatalogue.RAW_DEFERRED);
        cluster.write(Collections.nCopies(5, new ProducerRecord<>(topic, 1, new byte[1], new byte[1])));
        var all = day.checked().deferred();
        assertThat(all).isGreaterThanOrEqualTo(5); // the marker of the transaction counts
        assertThat(day.checked().allDecided()).isFalse();

        cluster.committed(TestCluster.PROCESSOR + "-deferred", TopicCatalogue.RAW_DEFERRED, 1, 3);

        assertThat(day.checked().deferred()).isEqualTo(all - 3);
        assertThat(day.checked().balanced()).isTrue();
    }

    @Test
    void before_the_stages_ever_ran_everything_waits() {
        var report = day.checked();

        assertThat(report.balanced()).isTrue();
        assertThat(report.waiting()).isEqualTo(ALL);
    }

    @Test
    void a_dead_letter_that_the_projector_has_not_come_to_waits_too() {
        day.letters.clear();
        day.written();
        cluster.committed(TestCluster.PROJECTOR, TopicCatalogue.OUTCOMES, 0, 0);
        cluster.committed(TestCluster.PROJECTOR, TopicCatalogue.OUTCOMES, 1, 0);
        var report = day.checked();

        assertThat(report.balanced()).isTrue();
        assertThat(report.rows().stream().mapToLong(Row::lettersWaiting).sum()).isEqualTo(ALL / 5);
    }

    @Nested
    class What_is_wrong_is_found_where_it_is {
        private ConsumerRecord<byte[], byte[]> victim;

        @BeforeEach
        void choose() {
            victim = day.raw.get(31);
        }

        private Finding at(Kind kind) {
            return new Finding(kind, Position.of(victim));
        }

        @Test
        void a_loss() {
            day.outcomes.remove(31);
            assertThat(day.written().checked().findings()).containsExactly(at(Kind.MISSING_OUTCOME));
        }

        @Test
        void a_second_outcome() {
            day.outcomes.add(day.outcome(victim, OutcomeKind.DUPLICATE));
            assertThat(day.written().checked().findings()).containsExactly(at(Kind.DOUBLE_OUTCOME));
        }

        @Test
        void a_loss_and_a_second_outcome_that_make_the_sums_right() {
            day.outcomes.set(30, day.outcome(victim, OutcomeKind.APPLIED));
            assertThat(day.written().checked().findings())
                    .containsExactlyInAnyOrder(
                            at(Kind.DOUBLE_OUTCOME), new Finding(Kind.MISSING_OUTCOME, Position.of(day.raw.get(30))));
        }

        @Test
        void two_outcomes_that_name_each_others_record() {
            day.outcomes.set(31, day.outcome(day.raw.get(32), Position.of(victim), OutcomeKind.APPLIED));
            day.outcomes.set(32, day.outcome(victim, Position.of(day.raw.get(32)), OutcomeKind.APPLIED));
            assertThat(day.written().checked().findings())
                    .containsExactly(
                            new Finding(Kind.OUTCOME_OF_ANOTHER, new Position(victim.topic(), victim.partition(), 0)));
        }

        @Test
        void an_outcome_of_a_record_that_was_rolled_back() {
            var rolledBack = new Position(victim.topic(), 0, RecordedDay.ROLLED_BACK);
            day.outcomes.add(day.outcome(victim, rolledBack, OutcomeKind.APPLIED));
            assertThat(day.written().checked().findings())
                    .containsExactly(new Finding(Kind.OUTCOME_WITHOUT_RECORD, rolledBack));
        }

        @Test
        void an_outcome_that_names_a_partition_or_topic_that_is_none_of_ours() {
            day.outcomes.add(cluster.outcome(new Position("elsewhere", 0, 6), "k", "e", OutcomeKind.APPLIED));
            day.outcomes.add(
                    atPartition(0, cluster.outcome(new Position(victim.topic(), 9, 6), "k", "e", OutcomeKind.APPLIED)));
            assertThat(day.written().checked().findings())
                    .extracting(Finding::kind)
                    .containsExactly(Kind.OUTCOME_WITHOUT_RECORD, Kind.OUTCOME_WITHOUT_RECORD);
        }

        @Test
        void a_missing_dead_letter() {
            var lost = day.letters.keySet().iterator().next();
            day.letters.remove(lost);
            assertThat(day.written().checked().findings()).containsExactly(new Finding(Kind.MISSING_DEAD_LETTER, lost));
        }

        @Test
        void a_second_dead_letter() {
            var twice = day.letters.entrySet().iterator().next();
            cluster.write(twice.getValue());
            assertThat(day.written().checked().findings())
                    .containsExactly(new Finding(Kind.DOUBLE_DEAD_LETTER, twice.getKey()));
        }

        @Test
        void a_dead_letter_of_what_was_processed() {
            day.letters.put(
                    Position.of(day.raw.get(0)),
                    TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), day.raw.get(0), Failure.of("odd")));
            assertThat(day.written().checked().findings())
                    .containsExactly(new Finding(Kind.DEAD_LETTER_WITHOUT_OUTCOME, Position.of(day.raw.get(0))));
        }

        @Test
        void what_cannot_be_read() {
            day.outcomes.add(
                    new ProducerRecord<>(cluster.topic(TopicCatalogue.OUTCOMES), 0, null, "no avro".getBytes(UTF_8)));
            cluster.write(new ProducerRecord<>(cluster.topic(TopicCatalogue.DLQ), 1, null, "who?".getBytes(UTF_8)));
            assertThat(day.written().checked().findings())
                    .extracting(Finding::kind)
                    .containsExactly(Kind.UNREADABLE, Kind.UNREADABLE);
        }

        @Test
        void dead_letters_of_other_programs_are_none_of_ours() {
            day.letters.values().stream().limit(3).forEach(letter -> cluster.write(RecordedDay.ofConnect(letter)));
            assertThat(day.written().checked().findings()).isEmpty();
        }

        @Test
        void all_is_counted_though_not_all_is_listed() {
            var report = day.writtenThrice().checked();
            assertThat(report.findingsCount()).isEqualTo(2 * (ALL + ALL / 5));
            assertThat(report.findings()).hasSize(100);
            assertThat(report.balanced()).isFalse();
        }

        private ProducerRecord<byte[], byte[]> atPartition(int partition, ProducerRecord<byte[], byte[]> record) {
            return new ProducerRecord<>(record.topic(), partition, record.key(), record.value());
        }
    }

    @Nested
    class Retention_is_no_loss {
        @Test
        void when_it_took_raw_records_before_their_outcomes() {
            day.written();
            cluster.deleteBefore(TopicCatalogue.RAW, 0, 30);
            assertThat(day.checked().findings()).isEmpty();
        }

        @Test
        void when_it_took_outcomes_before_their_raw_records() {
            day.written();
            cluster.deleteBefore(TopicCatalogue.OUTCOMES, 0, 30);
            var report = day.checked();
            assertThat(report.findings()).isEmpty();
            assertThat(report.rows().get(0).expired()).isPositive();
            assertThat(report.rows().get(1).expired()).isZero();
        }

        @Test
        void and_hides_no_loss_among_the_remaining_records() {
            day.outcomes.remove(day.raw.indexOf(lastOf(0)) - 1);
            day.written();
            cluster.deleteBefore(TopicCatalogue.OUTCOMES, 0, 30);
            assertThat(day.checked().findings()).extracting(Finding::kind).containsExactly(Kind.MISSING_OUTCOME);
        }

        private ConsumerRecord<byte[], byte[]> lastOf(int partition) {
            return day.raw.stream()
                    .filter(record -> record.partition() == partition)
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }
    }

    @Test
    void an_outcome_committed_and_not_yet_readable_is_waited_for() throws InterruptedException {
        var late = day.outcomes.remove(31);
        day.written();
        try (var stage = cluster.transactional("late")) {
            stage.initTransactions();
            stage.beginTransaction();
            TestCluster.get(stage.send(late));
            var reports = new ArrayList<ConservationReport>();
            var checking = new Thread(() -> reports.add(day.checked()));
            checking.start();
            checking.join(1_500);
            assertThat(checking.isAlive()).as("waits for the open transaction").isTrue();
            stage.commitTransaction();
            checking.join(20_000);
            assertThat(reports).singleElement().matches(ConservationReport::balanced);
        }
    }
}
