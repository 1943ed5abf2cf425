package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.gateway.Accounts;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.settings.Settings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersIT {
    private static final Instant NOW = TestDeadLetters.FIRST.plusSeconds(1_000);
    private static final DeadLetterTranslation TRANSLATION =
            new DeadLetterTranslation(Accounts.from(Settings.parse("", Map.of(), Path.of(""))));

    private TestCluster cluster;
    private DeadLetters letters;
    private ConsumerRecord<byte[], byte[]> raw;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2);
        letters = new DeadLetters(cluster.kafka, cluster.serdes);
        cluster.write(cluster.raw(1, "stripe/main/pi_1", "stripe/main/evt_1"));
        raw = cluster.records(TopicCatalogue.RAW).get(0);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void without_any_there_is_nothing_to_list() {
        assertThat(letters.list(DeadLetterFilter.ALL, 10).letters()).isEmpty();
        assertThat(letters.show("d1")).isEmpty();
        assertThat(summary()).isEqualTo(new DeadLetterSummary(NOW, 0, List.of()));
    }

    @Test
    void shows_what_failed_and_its_payment_key() {
        fail(Failure.of("d1"));

        assertThat(letters.list(DeadLetterFilter.OPEN, 10).letters())
                .containsExactly(new DeadLetter(
                        "d1",
                        "MALFORMED",
                        "permanent",
                        "processor",
                        "amount: not a number",
                        "stripe/main/evt_1",
                        "",
                        "stripe/main",
                        "stripe/main/pi_1",
                        "f-MALFORMED",
                        new Position(cluster.topic(TopicCatalogue.RAW), 1, 0),
                        new Position(cluster.topic(TopicCatalogue.DLQ), 1, 0),
                        1,
                        TestDeadLetters.FIRST,
                        TestDeadLetters.FIRST,
                        raw.value().length,
                        Status.OPEN));
    }

    @Test
    void a_decision_that_cannot_be_read_hides_no_dead_letter() {
        fail(Failure.of("d1"), Failure.of("d2"));
        for (var broken : List.of(new byte[] {0}, new byte[] {0, 0, 0}, new byte[] {9, 9, 9, 9, 9, 9}, new byte[0])) {
            cluster.write(new ProducerRecord<>(
                    cluster.topic(TopicCatalogue.DLQ_STATUS), "d1".getBytes(StandardCharsets.UTF_8), broken));
        }
        assertThat(ids(DeadLetterFilter.OPEN)).containsExactlyInAnyOrder("d1", "d2");
    }

    @Test
    void excludes_dead_letters_that_do_not_match() {
        var later = TestDeadLetters.FIRST.plusSeconds(3600);
        fail(Failure.of("old"), Failure.of("new").at(later), Failure.of("other").reason("WRONG_MODE"));

        assertThat(ids(DeadLetterFilter.ALL)).containsExactly("new", "other", "old");
        assertThat(ids(DeadLetterFilter.ALL.withSince(later))).containsExactly("new");
        assertThat(ids(DeadLetterFilter.ALL.withReason("WRONG_MODE"))).containsExactly("other");
        assertThat(ids(DeadLetterFilter.ALL.withAccount("stripe"))).hasSize(3);
        assertThat(ids(DeadLetterFilter.ALL.withAccount("stripe/main"))).hasSize(3);
        assertThat(ids(DeadLetterFilter.ALL.withAccount("stripe/ma"))).isEmpty();
        assertThat(ids(DeadLetterFilter.ALL.withIds(Set.of("old", "none")))).containsExactly("old");
        assertThat(letters.list(DeadLetterFilter.ALL, 1).more()).isTrue();
    }

    @Test
    void a_decided_dead_letter_is_open_again_if_it_failed_again() {
        fail(Failure.of("again"), Failure.of("fixed"), Failure.of("hopeless"));
        decide("again", Status.REPLAYED, 1);
        decide("fixed", Status.REPLAYED, 1);
        decide("hopeless", Status.DISCARDED, 1);
        assertThat(ids(DeadLetterFilter.OPEN)).isEmpty();
        fail(Failure.of("again").attempts(2));

        assertThat(letters.list(DeadLetterFilter.OPEN, 10).letters())
                .singleElement()
                .matches(letter -> letter.id().equals("again") && letter.attempts() == 2);
        assertThat(ids(DeadLetterFilter.ALL.withStatus(Status.REPLAYED))).containsExactly("fixed");
        assertThat(ids(DeadLetterFilter.ALL.withStatus(Status.DISCARDED))).containsExactly("hopeless");
        assertThat(ids(DeadLetterFilter.ALL)).containsExactlyInAnyOrder("again", "fixed", "hopeless");
    }

    @Test
    void shows_the_newest_one_with_its_body_and_the_earlier_decision() {
        fail(Failure.of("d1"), Failure.of("d2"));
        decide("d1", Status.REPLAYED, 1);
        fail(Failure.of("d1").attempts(2));
        var whole = letters.show("d1").orElseThrow();

        assertThat(whole.letter().attempts()).isEqualTo(2);
        assertThat(whole.letter().status()).isEqualTo(Status.OPEN);
        assertThat(whole.record().value()).isEqualTo(raw.value());
        assertThat(whole.record().headers().lastHeader("ce_id").value()).isEqualTo("stripe/main/evt_1".getBytes(UTF_8));
        assertThat(whole.decision()).get().extracting(DeadLetterStatus::getBy).isEqualTo("ada");
        assertThat(whole.toString()).doesNotContain("[B", "evt_1}");
        assertThat(letters.show("d2").orElseThrow().decision()).isEmpty();
    }

    @Test
    void groups_what_is_open_by_its_cause() {
        var later = TestDeadLetters.FIRST.plusSeconds(600);
        fail(Failure.of("a"), Failure.of("b").at(later), Failure.of("c").reason("WRONG_MODE"), Failure.of("gone"));
        decide("gone", Status.DISCARDED, 1);
        var summary = summary();

        assertThat(summary.open()).isEqualTo(3);
        assertThat(summary.groups()).extracting(DeadLetterSummary.Group::count).containsExactly(2L, 1L);
        assertThat(summary.groups().get(0))
                .isEqualTo(new DeadLetterSummary.Group(
                        new DeadLetterSummary.Cause("MALFORMED", "permanent", "processor", "f-MALFORMED"),
                        2,
                        "amount: not a number",
                        List.of("stripe/main"),
                        List.of(),
                        List.of("stripe/main/pi_1"),
                        new DeadLetterSummary.Hit(1, 0, new TreeMap<>(), 2, false),
                        TestDeadLetters.FIRST,
                        later,
                        1,
                        "a"));
        assertThat(summary.groups())
                .extracting(DeadLetterSummary.Group::growing)
                .containsExactly(true, false);
    }

    @Test
    void further_criteria_select_by_cause_type_payment_stage_attempts_and_text() {
        var typed = cluster.raw(1, "stripe/main/pi_2", "stripe/main/evt_2");
        typed.headers().add("ce_type", "invoice.paid".getBytes(UTF_8));
        cluster.write(typed);
        var other = cluster.records(TopicCatalogue.RAW).get(1);
        fail(Failure.of("first"), Failure.of("mode").reason("WRONG_MODE").attempts(3));
        cluster.write(TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), other, Failure.of("typed")));

        assertThat(ids(criteria("fingerprint", "f-WRONG_MODE"))).containsExactly("mode");
        assertThat(ids(criteria("type", "invoice.paid"))).containsExactly("typed");
        assertThat(ids(criteria("payment", "stripe/main/pi_2"))).containsExactly("typed");
        assertThat(ids(criteria("stage", "processor"))).hasSize(3);
        assertThat(ids(criteria("stage", "projector"))).isEmpty();
        assertThat(ids(criteria("attempts", "2"))).containsExactly("mode");
        assertThat(ids(criteria("text", "EVT_2}"))).containsExactly("typed");
        assertThat(ids(criteria("text", "not a number"))).hasSize(3);
        assertThat(ids(criteria("until", TestDeadLetters.FIRST.plusSeconds(1).toString())))
                .containsExactlyInAnyOrder("first", "typed");
        assertThat(ids(criteria("user", "evt_2"))).containsExactly("typed");
    }

    private static DeadLetterFilter criteria(String name, String value) {
        return DeadLetterFilter.ALL.with(new DeadLetterCriteria(
                Optional.of(value).filter(any -> name.equals("until")).map(Instant::parse),
                Optional.of(value).filter(any -> name.equals("fingerprint")),
                Optional.of(value).filter(any -> name.equals("type")),
                Optional.of(value).filter(any -> name.equals("payment")),
                Optional.of(value).filter(any -> name.equals("stage")),
                name.equals("attempts") ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty(),
                Optional.of(value).filter(any -> name.equals("text")),
                Optional.of(value)
                        .filter(any -> name.equals("user"))
                        .map(user -> new DeadLetterCriteria.User(user, TRANSLATION))));
    }

    private DeadLetterSummary summary() {
        return letters.summary(DeadLetterFilter.ALL, TRANSLATION, NOW, Progress.SILENT);
    }

    @Test
    void one_without_any_of_our_headers_is_still_seen() {
        cluster.write(new ProducerRecord<>(cluster.topic(TopicCatalogue.DLQ), 1, null, "?".getBytes(UTF_8)));
        var letter = letters.list(DeadLetterFilter.OPEN, 10).letters().get(0);

        assertThat(letter.id()).isEqualTo(cluster.topic(TopicCatalogue.DLQ) + "-1@0");
        assertThat(letter.source().offset()).isEqualTo(-1);
        assertThat(letters.show(letter.id())).isPresent();
    }

    private void fail(Failure... failures) {
        for (var failure : failures) {
            cluster.write(TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), raw, failure));
        }
    }

    private void decide(String id, Status status, int attempts) {
        var decided = new DeadLetterStatus(
                id, DeadLetterDecision.valueOf(status.name()), attempts, null, "ada", null, Instant.EPOCH);
        cluster.write(cluster.avro(TopicCatalogue.DLQ_STATUS, null, id, DeadLetterStatus.class, decided));
    }

    private List<String> ids(DeadLetterFilter which) {
        return letters.list(which, 10).letters().stream().map(DeadLetter::id).toList();
    }
}
