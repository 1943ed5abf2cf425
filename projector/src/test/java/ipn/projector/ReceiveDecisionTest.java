package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.StoredDecision;
import ipn.projector.stream.DecisionStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class ReceiveDecisionTest extends WithProjection {
    private static final String PAYMENT = "stripe/main/ch_1";

    private static Decision.Builder dismiss(String id, String about) {
        return Decision.newBuilder()
                .setDecisionId(id)
                .setKind(DecisionKind.DISMISS)
                .setTarget(DecisionTarget.PAYMENT)
                .setAbout(about)
                .setBy("ada")
                .setAt(Projection.NOON)
                .setWhy("looked into")
                .setDiscrepancy("UNDERPAID/" + about)
                .setDiscrepancyContent("0".repeat(64));
    }

    @Test
    void every_decision_is_kept_once() {
        projection.decided(dismiss("d1", PAYMENT).build());
        projection.decided(dismiss("d1", PAYMENT).build());
        projection.decided(dismiss("d2", PAYMENT).build());
        projection.decided(dismiss("d1", PAYMENT + "/1").build());
        assertThat(ids()).containsExactlyInAnyOrder(PAYMENT + " d1", PAYMENT + " d2", PAYMENT + "/1 d1");
        assertThat(projection.deadLetters().isEmpty()).isTrue();
    }

    @Test
    void one_that_breaks_a_rule_is_a_dead_letter_with_its_reason() {
        projection.decided(dismiss("d1", PAYMENT).setWhy("").build());
        var letter = projection.deadLetters().readRecord();
        assertThat(header(letter, "ipn.dlq.reason")).isEqualTo("MISSING_FIELD");
        assertThat(header(letter, "__streams.errors.message")).startsWith("why: no reason");
        assertThat(ids()).isEmpty();
    }

    @Test
    void one_that_is_later_than_its_record_is_a_dead_letter() {
        projection.decided(
                dismiss("d1", PAYMENT).setAt(Projection.NOON.plusSeconds(299)).build());
        assertThat(projection.deadLetters().isEmpty()).isTrue();
        projection.decided(
                dismiss("d2", PAYMENT).setAt(Projection.NOON.plusSeconds(600)).build());
        assertThat(header(projection.deadLetters().readRecord(), "__streams.errors.message"))
                .startsWith("at: later than its record");
        assertThat(ids()).containsExactly(PAYMENT + " d1");
    }

    @Test
    void one_with_another_key_than_it_is_about_is_a_dead_letter() {
        var value = Projection.KAFKA.serdes().serializer(Decision.class);
        projection.wroteTo(
                "ipn.decisions",
                new TestRecord<>(
                        "stripe/main/ch_2".getBytes(StandardCharsets.UTF_8),
                        value.serialize("ipn.decisions", dismiss("d1", PAYMENT).build()),
                        new RecordHeaders(),
                        Projection.NOON));
        assertThat(header(projection.deadLetters().readRecord(), "ipn.dlq.reason"))
                .isEqualTo("INVALID_ID");
        assertThat(ids()).isEmpty();
    }

    @Test
    void the_same_id_with_other_content_is_a_dead_letter_and_the_first_content_stays() {
        projection.decided(dismiss("d1", PAYMENT).build());
        projection.decided(dismiss("d1", PAYMENT).setWhy("another").build());
        assertThat(header(projection.deadLetters().readRecord(), "ipn.dlq.reason"))
                .isEqualTo("EVENT_ID_COLLISION");
        assertThat(stored())
                .singleElement()
                .satisfies(kept -> assertThat(kept.getWhy()).isEqualTo("looked into"));
    }

    @Test
    void one_too_many_is_a_dead_letter_and_those_about_other_things_go_on() {
        for (var number = 0; number < 257; number++) {
            projection.decided(dismiss("d" + number, PAYMENT).build());
        }
        assertThat(header(projection.deadLetters().readRecord(), "ipn.dlq.reason"))
                .isEqualTo("TOO_MANY_DECISIONS");
        assertThat(projection.deadLetters().isEmpty()).isTrue();
        projection.decided(dismiss("d1", PAYMENT + "/1").build());
        assertThat(projection.deadLetters().isEmpty()).isTrue();
        assertThat(stored()).hasSize(257);
    }

    private List<Decision> stored() {
        var all = new ArrayList<Decision>();
        try (var range = projection.<StoredDecision>store(DecisionStore.STORE).all()) {
            range.forEachRemaining(entry -> all.add(entry.value.getDecision()));
        }
        return all;
    }

    private List<String> ids() {
        return stored().stream()
                .map(each -> each.getAbout() + " " + each.getDecisionId())
                .toList();
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
