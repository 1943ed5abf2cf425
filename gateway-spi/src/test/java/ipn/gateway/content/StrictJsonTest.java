package ipn.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, every gateway's contract tests; here is what is read, and how. */
class StrictJsonTest {
    @Test
    void numbers_stay_as_they_were_written() {
        var body = read("{'a': 9007199254740993, 'b': 19.999, 'c': 1e400, 'd': 0.1}");
        assertThat(body.at("a").number(Reason.INVALID_AMOUNT)).isEqualTo(new BigDecimal("9007199254740993"));
        assertThat(body.at("b").number(Reason.INVALID_AMOUNT)).isEqualTo(new BigDecimal("19.999"));
        assertThat(body.at("c").number(Reason.INVALID_AMOUNT)).isEqualByComparingTo(new BigDecimal("1e400"));
        assertThat(body.at("d").number(Reason.INVALID_AMOUNT)).isEqualTo(new BigDecimal("0.1"));
    }

    @Test
    void a_count_is_a_whole_number_above_zero_also_as_text() {
        var body = read(
                "{'a': 3, 'b': '999999999', 'c': 0, 'd': 1.5, 'e': '1000000000', 'f': -1, 'g': '01', 'h': [1], 'i': null}");
        assertThat(body.at("a").glanceCount()).contains(3L);
        assertThat(body.at("b").glanceCount()).contains(999_999_999L);
        assertThat(List.of("c", "d", "e", "f", "g", "h", "i", "absent"))
                .allSatisfy(name -> assertThat(body.at(name).glanceCount()).isEmpty());
    }

    @Test
    void letters_of_all_the_world_and_even_a_replacement_character_are_read() {
        assertThat(read("{'a': 'Zo\u00eb \u2603 \ud83d\ude00 \ufffd'}").at("a").text())
                .contains("Zo\u00eb \u2603 \ud83d\ude00 \ufffd");
    }

    @Test
    void thirty_two_levels_are_read() {
        assertThat(read("{'a':".repeat(31) + "{}" + "}".repeat(31)).at("a").isPresent())
                .isTrue();
    }

    @Test
    void a_refusal_names_the_place_and_never_the_value() {
        assertThatThrownBy(() -> read("{'data': {'object': {'email': 'a@example.com', 'email': 'b@example.com'}}}"))
                .hasMessage("/data/object/email: duplicate key");
        assertThatThrownBy(() ->
                        read("{'metadata': {'Jane Doe <jane@example.com>': 1, 'Jane Doe <jane@example.com>': 2}}"))
                .hasMessage("a key: duplicate key");
        assertThatThrownBy(() -> read("{'secret-word' 1}")).hasMessage("the body: not JSON");
        assertThatThrownBy(() ->
                        read("{'data': {'id': 'no id'}}").at("data").at("id").id())
                .hasMessageStartingWith("/data/id: ")
                .hasMessageNotContaining("no id'");
    }

    @Test
    void a_glance_reads_only_what_is_wanted() {
        var shape = JsonShape.of(List.of("/id", "/data/object/id"));
        var body =
                Bytes.utf8("{'id': 'evt', 'x': {'x': 1, 'x': [{}]}, 'data': {'y': [1], 'object': {'id': 'pi', 'z': 1}}}"
                        .replace('\'', '"'));
        assertThat(StrictJson.glance(body, shape))
                .hasValueSatisfying(event -> assertThat(event.node().toString())
                        .isEqualTo("{'id':'evt','data':{'object':{'id':'pi'}}}".replace('\'', '"')));
        assertThat(StrictJson.glance(Bytes.utf8("{\"id\":1,\"id\":2}"), shape)).isEmpty();
        assertThat(StrictJson.glance(Bytes.utf8("{\"id\":"), shape)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "' '",
                "'a b'",
                "'a/b'",
                "'\\u0000'",
                "'\\ud800'",
                "'\u00e9'",
                "'\\n'",
                "true",
                "{}",
                "[]",
                "1.5"
            })
    void what_is_no_id_is_refused(String value) {
        assertThatThrownBy(() -> read("{'id': " + value + "}").at("id").id())
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_ID));
    }

    @Test
    void an_id_has_a_length() {
        assertThat(read("{'id': '" + "x".repeat(200) + "'}").at("id").id()).isPresent();
        assertThatThrownBy(
                        () -> read("{'id': '" + "x".repeat(201) + "'}").at("id").id())
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "'  '",
                "'a\\u0000'",
                "'\\u001b[31m'",
                "'\\ud800'",
                "'\\udc00x'",
                "'\\u0085'",
                "'\\u2028'",
                "'12345678901'"
            })
    void what_is_no_word_is_refused(String value) {
        assertThatThrownBy(() -> read("{'w': " + value + "}").at("w").word(10))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_ID));
    }

    @Test
    void a_word_may_be_in_any_language() {
        assertThat(read("{'w': '\u0441\u043b\u043e\u0432\u043e \ud83d\ude00'}")
                        .at("w")
                        .word(10))
                .isPresent();
        assertThat(read("{'w': null}").at("w").word(10)).isEmpty();
    }

    @Test
    void a_code_is_a_code_or_nothing() {
        assertThat(read("{'c': 'insufficient_funds'}").at("c").code()).isEqualTo("insufficient_funds");
        assertThat(read("{'c': 'Jane said: no'}").at("c").code()).isEmpty();
        assertThat(read("{'c': null}").at("c").code()).isEmpty();
    }

    private static JsonField read(String json) {
        return StrictJson.read(Bytes.utf8(json.replace('\'', '"')));
    }
}
