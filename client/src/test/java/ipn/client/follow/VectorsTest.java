package ipn.client.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.client.Access;
import ipn.client.AccessAnswer;
import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import ipn.client.AccessQuestion;
import ipn.client.AccessRules;
import ipn.client.store.CompactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors that clients in all languages run. */
class VectorsTest {
    private static final JsonNode VECTORS = vectors();
    private static final AccessRules RULES =
            new AccessRules(Duration.parse(VECTORS.get("overdueMax").textValue()), Duration.ofSeconds(5));

    static Stream<Arguments> cases() {
        return StreamSupport.stream(VECTORS.get("cases").spliterator(), false)
                .map(each -> Arguments.of(each.get("name").textValue(), each));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void records_give_the_answers(String name, JsonNode vector) throws IOException {
        var store = new CompactStore();
        var decoder = new EntitlementDecoder(TestRecords.schemas());
        for (var record : vector.get("records")) {
            ChangeBatch.of(List.of(TestRecords.record(record)), decoder, store).applyTo(store, List.of());
        }
        assertAnswers(vector, store);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void records_of_one_batch_give_the_same_answers(String name, JsonNode vector) throws IOException {
        var store = new CompactStore();
        var records = StreamSupport.stream(vector.get("records").spliterator(), false)
                .map(TestRecords::record)
                .toList();
        ChangeBatch.of(records, new EntitlementDecoder(TestRecords.schemas()), store)
                .applyTo(store, List.of());
        assertAnswers(vector, store);
    }

    private static void assertAnswers(JsonNode vector, CompactStore store) {
        for (var question : vector.get("questions")) {
            var at = Instant.parse(question.get("at").textValue());
            var key = new AccessKey(
                    question.get("subject").textValue(),
                    question.get("entitlement").textValue(),
                    text(question.path("scope")));
            var answer = RULES.answer(new AccessQuestion(key, Optional.empty()), store.get(key), at, at);
            assertAnswer(answer, question.get("answer"));
        }
    }

    private static void assertAnswer(AccessAnswer answer, JsonNode expected) {
        assertThat(answer.isAllowed())
                .as("allowed")
                .isEqualTo(expected.get("allowed").booleanValue());
        assertThat(answer.status()).hasToString(expected.get("status").textValue());
        assertThat(answer.reason()).isEqualTo(expected.get("reason").textValue());
        assertThat(answer.revision()).isEqualTo(expected.get("revision").longValue());
        assertThat(answer.overdue())
                .as("overdue")
                .isEqualTo(expected.get("overdue").booleanValue());
        assertThat(answer.until().map(Instant::toString)).isEqualTo(time(expected.get("until")));
        assertThat(answer.graceUntil().map(Instant::toString)).isEqualTo(time(expected.get("graceUntil")));
        if (expected.has("decidedBy")) {
            assertThat(answer.decision().flatMap(AccessDecision::decidedBy)).isEqualTo(text(expected.get("decidedBy")));
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue());
    }

    private static Optional<String> time(JsonNode node) {
        return text(node).map(Instant::parse).map(Instant::toString);
    }

    private static JsonNode vectors() {
        try (var file = Access.class.getResourceAsStream("vectors.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
