package ipn.operations.conservation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ipn.avro.OutcomeKind;
import ipn.operations.TestCluster;
import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.RollingCheck.Pace;
import ipn.operations.conservation.RollingCheck.Step;
import ipn.operations.topic.Position;
import ipn.operations.topic.StalledException;
import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A faultless or faulty day, checked while it is written. The clock of the check is ten minutes ahead, so that everything is old enough. */
class RollingCheckIT {
    private static final int ALL = 2 * RecordedDay.PER_PARTITION;
    private static final Duration MIN_AGE = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    /** Enough for all windows of a day with ten offsets each, and for what is checked twice. */
    private static final int STEPS = 24;

    private final FailingRegistry registry = new FailingRegistry();
    private final MovedClock clock = new MovedClock(Duration.ofMinutes(10));
    private TestCluster cluster;
    private RecordedDay day;

    @BeforeEach
    void live_a_day() {
        live(2);
    }

    private void live(int partitions) {
        close();
        cluster = TestCluster.create(RollingCheckIT.class, partitions, registry);
        day = new RecordedDay(cluster, partitions);
    }

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private RollingCheck check() {
        return check(10, clock);
    }

    private RollingCheck check(int offsets, Clock at) {
        var pace = new Pace(MIN_AGE, offsets, MAX_AGE);
        return new RollingCheck(cluster.kafka, cluster.serdes, cluster.stages(), pace, at, Duration.ofSeconds(2));
    }

    private List<Step> steps(RollingCheck check, int count) {
        return IntStream.range(0, count).mapToObj(step -> check.next()).toList();
    }

    /** Steps of which some may fail. */
    private static List<Step> stepsOrNothing(RollingCheck check, int count) {
        var steps = new ArrayList<Step>();
        for (var i = 0; i < count; i++) {
            try {
                steps.add(check.next());
            } catch (StalledException e) {
                // tried again
            }
        }
        return steps;
    }

    private static List<Finding> found(List<Step> steps) {
        return steps.stream().flatMap(step -> step.findings().first().stream()).toList();
    }

    private static long records(List<Step> steps) {
        return steps.stream().mapToLong(Step::records).sum();
    }

    private static long skipped(List<Step> steps) {
        return steps.stream().mapToLong(Step::skipped).sum();
    }

    private void assertUpToDate(RollingCheck check) {
        assertThat(check.checkedTo().orElseThrow())
                .isAfter(clock.instant().minus(MIN_AGE).minusSeconds(60));
    }

    @Test
    void each_record_is_checked_once_and_a_faultless_day_has_no_finding() {
        day.written();
        try (var check = check()) {
            var steps = steps(check, STEPS);
            assertThat(found(steps)).isEmpty();
            assertThat(records(steps)).isEqualTo(ALL);
            assertThat(skipped(steps)).isZero();
            assertUpToDate(check);
        }
    }

    @Test
    void what_is_young_or_not_decided_waits() {
        try (var check = check();
                var young = check(10, Clock.systemUTC())) {
            assertThat(records(steps(check, 4))).isZero();
            day.written();
            assertThat(records(steps(young, 4))).isZero();
            assertThat(records(steps(check, STEPS))).isEqualTo(ALL);
        }
    }

    @Nested
    class What_is_wrong_is_found_once {
        private ConsumerRecord<byte[], byte[]> victim;

        @BeforeEach
        void choose() {
            victim = day.raw.get(31);
        }

        private List<Finding> found() {
            day.written();
            try (var check = check()) {
                return RollingCheckIT.found(steps(check, STEPS));
            }
        }

        private Finding of(Kind kind) {
            return new Finding(kind, Position.of(victim));
        }

        @Test
        void a_loss() {
            day.outcomes.remove(31);
            assertThat(found()).containsExactly(of(Kind.MISSING_OUTCOME));
        }

        @Test
        void a_second_outcome_after_all_others_and_a_missing_dead_letter() {
            day.outcomes.add(day.outcome(victim, OutcomeKind.DUPLICATE));
            var letter = day.letters.keySet().iterator().next();
            day.letters.remove(letter);
            assertThat(found())
                    .containsExactlyInAnyOrder(of(Kind.DOUBLE_OUTCOME), new Finding(Kind.MISSING_DEAD_LETTER, letter));
        }

        @Test
        void a_second_dead_letter_after_all_others() {
            var letter = day.letters.entrySet().stream()
                    .min((one, other) ->
                            Long.compare(one.getKey().offset(), other.getKey().offset()))
                    .orElseThrow();
            day.writtenOutcomes();
            day.writtenLetters();
            cluster.write(letter.getValue());
            try (var check = check()) {
                assertThat(RollingCheckIT.found(steps(check, STEPS)))
                        .containsExactly(new Finding(Kind.DOUBLE_DEAD_LETTER, letter.getKey()));
            }
        }

        @Test
        void an_outcome_in_another_partition_is_found_before_it_is_missed() {
            var outcome = day.outcomes.get(31);
            day.outcomes.set(
                    31, new ProducerRecord<>(outcome.topic(), 1 - outcome.partition(), outcome.key(), outcome.value()));
            assertThat(found()).isEmpty();
        }

        @Test
        void an_outcome_that_cannot_be_read_is_unreadable_and_its_record_is_not_missing() {
            var outcome = day.outcomes.get(31);
            day.outcomes.set(
                    31,
                    new ProducerRecord<>(
                            outcome.topic(), outcome.partition(), outcome.key(), "no avro".getBytes(UTF_8)));
            assertThat(found()).singleElement().satisfies(finding -> {
                assertThat(finding.kind()).isEqualTo(Kind.UNREADABLE);
                assertThat(finding.at().topic()).isEqualTo(outcome.topic());
                assertThat(finding.at().partition()).isEqualTo(outcome.partition());
            });
        }

        @Test
        void an_outcome_of_a_record_that_does_not_exist_does_not_end_the_reading() {
            var nowhere = new Position(victim.topic(), victim.partition(), 1_000_000);
            day.outcomes.add(31, day.outcome(victim, nowhere, OutcomeKind.APPLIED));
            assertThat(found()).containsExactly(new Finding(Kind.OUTCOME_WITHOUT_RECORD, nowhere));
        }

        @Test
        void dead_letters_of_other_programs_do_not_count() {
            day.letters.values().stream().limit(5).forEach(letter -> cluster.write(RecordedDay.ofConnect(letter)));
            assertThat(found()).isEmpty();
        }

        @Test
        void more_than_are_listed_are_counted() {
            live(1);
            var more = new ArrayList<ProducerRecord<byte[], byte[]>>();
            for (var i = 0; i < 150; i++) {
                more.add(cluster.raw(0, "stripe/main/pi_0", "stripe/main/evt_more_" + i));
            }
            cluster.write(more);
            day.outcomes.clear();
            day.letters.clear();
            day.written();
            try (var check = check(10_000, clock)) {
                var findings = check.next().findings();
                assertThat(findings.of(Kind.MISSING_OUTCOME)).isEqualTo(RecordedDay.PER_PARTITION + 150);
                assertThat(findings.first()).hasSize(100);
            }
        }
    }

    @Nested
    class With_one_partition {
        @BeforeEach
        void live_with_one() {
            live(1);
        }

        @Test
        void outcomes_in_another_order_are_found_before_they_are_missed() {
            Collections.reverse(day.outcomes);
            day.written();
            try (var check = check()) {
                var steps = steps(check, STEPS);
                assertThat(found(steps)).isEmpty();
                assertThat(records(steps)).isEqualTo(RecordedDay.PER_PARTITION);
            }
        }

        @Test
        void a_loss_is_found() {
            day.outcomes.remove(17);
            day.written();
            try (var check = check()) {
                assertThat(found(steps(check, STEPS)))
                        .containsExactly(new Finding(Kind.MISSING_OUTCOME, Position.of(day.raw.get(17))));
            }
        }
    }

    @Nested
    class While_it_cannot_check_it_skips_nothing {
        @Test
        void until_the_projector_runs_again_however_long_it_was_down() {
            day.writtenOutcomes();
            try (var check = check()) {
                var steps = new ArrayList<Step>();
                var stuck = Optional.<Instant>empty();
                for (var i = 0; i < 5; i++) {
                    steps.addAll(steps(check, 6));
                    assertThat(i == 0 || check.checkedTo().equals(stuck)).isTrue();
                    stuck = check.checkedTo();
                    clock.advance(Duration.ofMinutes(50));
                }
                day.writtenLetters();
                steps.addAll(steps(check, STEPS));
                assertThat(found(steps)).isEmpty();
                assertThat(skipped(steps)).isZero();
                assertThat(records(steps)).isEqualTo(ALL);
                assertUpToDate(check);
            }
        }

        @Test
        void and_a_loss_among_records_whose_dead_letters_are_waited_for_is_reported_once() {
            var victim = day.raw.get(0);
            day.outcomes.remove(0);
            day.writtenOutcomes();
            try (var check = check()) {
                var waiting = steps(check, 6);
                assertThat(found(waiting)).containsExactly(new Finding(Kind.MISSING_OUTCOME, Position.of(victim)));
                day.writtenLetters();
                var rest = steps(check, STEPS);
                assertThat(found(rest)).isEmpty();
                assertThat(records(waiting) + records(rest)).isEqualTo(ALL);
            }
        }

        @Test
        void nor_while_the_registry_does_not_answer_and_nothing_counts_as_lost() {
            day.written();
            registry.forbids(true);
            try (var check = check()) {
                for (var i = 0; i < 3; i++) {
                    assertThatThrownBy(check::next).isInstanceOf(SerializationException.class);
                    assertThatThrownBy(check::next).isInstanceOf(SerializationException.class);
                    clock.advance(Duration.ofMinutes(50));
                }
                registry.forbids(false);
                var steps = steps(check, STEPS);
                assertThat(found(steps)).isEmpty();
                assertThat(skipped(steps)).isZero();
                assertThat(records(steps)).isEqualTo(ALL);
            }
        }

        @Test
        void and_one_partition_does_not_stop_the_other() {
            day.written();
            var late = day.outcome(day.raw.get(0), OutcomeKind.DUPLICATE);
            try (var other = cluster.transactional("hangs")) {
                other.initTransactions();
                other.beginTransaction();
                TestCluster.get(other.send(late));
                try (var check = check()) {
                    var steps = stepsOrNothing(check, STEPS);
                    assertThat(records(steps)).isBetween((long) RecordedDay.PER_PARTITION, ALL - 1L);
                    other.abortTransaction();
                    steps.addAll(stepsOrNothing(check, STEPS));
                    assertThat(records(steps)).isEqualTo(ALL);
                    assertThat(found(steps)).isEmpty();
                }
            }
        }
    }

    @Nested
    class Skipped_records_are_counted {
        @Test
        void if_more_come_than_it_may_check() {
            day.written();
            try (var check = check()) {
                var steps = new ArrayList<>(steps(check, 2));
                clock.advance(Duration.ofHours(2));
                steps.addAll(steps(check, 2));
                assertThat(found(steps)).isEmpty();
                assertThat(records(steps)).isPositive().isLessThan(ALL);
                assertThat(records(steps) + skipped(steps)).isGreaterThanOrEqualTo(ALL);
                assertUpToDate(check);
            }
        }

        @Test
        void if_retention_deletes_them_first() {
            day.written();
            try (var check = check()) {
                var steps = new ArrayList<>(steps(check, 2));
                cluster.deleteBefore(TopicCatalogue.RAW, 0, 30);
                steps.addAll(steps(check, STEPS));
                assertThat(found(steps)).isEmpty();
                assertThat(skipped(steps)).isPositive();
                assertUpToDate(check);
            }
        }
    }

    @Test
    void a_partition_that_ends_with_a_marker_is_checked_up_to_now() {
        day.written();
        for (var partition = 0; partition < 2; partition++) {
            cluster.committed(TestCluster.PROCESSOR, TopicCatalogue.RAW, partition, lastOf(partition) + 1);
        }
        try (var check = check()) {
            assertThat(records(steps(check, STEPS))).isEqualTo(ALL);
            assertUpToDate(check);
            clock.advance(Duration.ofHours(3));
            assertThat(skipped(steps(check, 1))).isZero();
            assertUpToDate(check);
        }
    }

    private long lastOf(int partition) {
        return day.raw.stream()
                .filter(record -> record.partition() == partition)
                .mapToLong(ConsumerRecord::offset)
                .max()
                .orElseThrow();
    }

    @Test
    void of_many_partitions_those_without_records_are_up_to_date_with_each_step() {
        close();
        cluster = TestCluster.create(RollingCheckIT.class, 16, registry);
        cluster.write(cluster.raw(3, "stripe/main/pi_3", "stripe/main/evt_1"));
        var raw = cluster.records(TopicCatalogue.RAW).get(0);
        cluster.write(cluster.outcome(Position.of(raw), "stripe/main/pi_3", "stripe/main/evt_1", OutcomeKind.APPLIED));
        cluster.committed(TestCluster.PROCESSOR, TopicCatalogue.RAW, 3, raw.offset() + 1);
        try (var check = check()) {
            assertThat(records(steps(check, 2))).isEqualTo(1);
            assertUpToDate(check);
        }
    }

    @Test
    void a_topic_that_was_created_again_is_checked_from_its_start() throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger(RollingCheck.class);
        logger.addAppender(log);
        day.written();
        try (var check = check()) {
            assertThat(records(steps(check, STEPS))).isEqualTo(ALL);
            createAgain(cluster.topic(TopicCatalogue.RAW));
            try (var stage = cluster.transactional("again")) {
                stage.initTransactions();
                stage.beginTransaction();
                TestCluster.get(stage.send(cluster.raw(0, "stripe/main/pi_0", "stripe/main/evt_again")));
                stage.commitTransaction();
            }
            cluster.committed(TestCluster.PROCESSOR, TopicCatalogue.RAW, 0, 1);
            cluster.committed(TestCluster.PROCESSOR, TopicCatalogue.RAW, 1, 0);
            assertThat(records(steps(check, 4))).isEqualTo(1);
            assertThat(log.list)
                    .filteredOn(line -> line.getLevel() == Level.ERROR)
                    .hasSize(2)
                    .allMatch(line -> line.getFormattedMessage().startsWith("Raw records that were checked are gone"));
        } finally {
            logger.detachAppender(log);
        }
    }

    private void createAgain(String topic) throws Exception {
        try (var admin = Admin.create(cluster.kafka.client())) {
            admin.deleteTopics(Set.of(topic)).all().get();
            var gone = Polling.upTo(Duration.ofSeconds(20))
                    .until(() -> !TestCluster.get(admin.listTopics().names()).contains(topic));
            assertThat(gone).isTrue();
            admin.createTopics(Set.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }
}
