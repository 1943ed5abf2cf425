package ipn.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaLearnerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SchemaLearner learner = new SchemaLearner(Set.of("/meta"));

    @Test
    void fields_are_learnt_by_event_with_all_their_types() {
        learner.learn("paid", json("{'id':'a','lines':[{'n':1},{'n':'1'}],'meta':{'x':1}}"), true);
        learner.learn("failed", json("{'id':7,'note':null}"), true);
        assertThat(learner.lines())
                .containsExactly(
                        "event failed",
                        "  /id number",
                        "  /note any",
                        "event paid",
                        "  /id text",
                        "  /lines list",
                        "  /lines/* object",
                        "  /lines/*/n text|number",
                        "  /meta object");
    }

    @Test
    void what_was_fetched_says_nothing_of_what_is_sent() {
        for (var i = 0; i < 3; i++) {
            learner.learn("paid", json("{'id':'a','sent':1}"), true);
        }
        learner.learn("paid", json("{'fetched':1}"), false);
        assertThat(learner.lines())
                .containsExactly(
                        "event fetched paid", "  /fetched number", "event paid", "  /id text", "  /sent number");
    }

    @Test
    void what_is_learnt_is_read_alike() {
        for (var i = 0; i < 3; i++) {
            learner.learn("paid for", json("{'id':'a','n':[1]}"), true);
        }
        var shape = KnownSchema.parse(learner.lines());
        assertThat(shape.events().get("paid for"))
                .containsEntry("/id", Set.of(FieldType.TEXT))
                .containsEntry("/n", Set.of(FieldType.LIST))
                .containsEntry("/n/*", Set.of(FieldType.NUMBER));
    }

    @Test
    void the_upper_part_is_what_people_wrote() {
        var shape = KnownSchema.parse(List.of(
                "# said by people",
                "version /v 1 2",
                "free /a /b",
                "always /id",
                "always-fetched /x /y",
                "",
                "ignored ping pong",
                "optional text|number /n /m",
                "unsampled moved",
                "ignored pang"));
        assertThat(shape.version()).isEqualTo("/v");
        assertThat(shape.versions()).containsExactlyInAnyOrder("1", "2");
        assertThat(shape.free()).containsExactlyInAnyOrder("/a", "/b");
        assertThat(shape.always()).containsExactly("/id");
        assertThat(shape.alwaysFetched()).containsExactly("/x", "/y");
        assertThat(shape.types()).containsExactlyInAnyOrder("ping", "pong", "pang", "moved");
        assertThat(shape.optional())
                .isEqualTo(Map.of(
                        "/n",
                        Set.of(FieldType.TEXT, FieldType.NUMBER),
                        "/m",
                        Set.of(FieldType.TEXT, FieldType.NUMBER)));
        assertThat(shape.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evnet paid", "/id text"})
    void a_line_that_is_none_is_said_so(String line) {
        assertThatThrownBy(() -> KnownSchema.parse(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such line (expected: version, free, always");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "ignored", "version", "event"})
    void a_line_without_a_name_is_said_so(String line) {
        assertThatThrownBy(() -> KnownSchema.parse(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(line + ": nothing follows (expected: a name, a pointer or a type)");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
