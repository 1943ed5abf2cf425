package ipn.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"user_id\":\"u_42\",\"n\":7}", "user_id=u_42&n=7", "n=7&user_id=u%5F42"})
    void json_and_query_strings_are_unpacked(String text) {
        var words = PackedWords.in(text, "/note").orElseThrow();
        assertThat(words.at("user_id").glance()).contains("u_42");
        assertThat(words.at("n").glance()).contains("7");
        assertThat(words.at("user_id").pointer()).isEqualTo("/note/user_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u_42", "thank you", "{", "{}x", "[1]", "{\"a\":1,\"a\":2}", "a=%zz", "a=1&a=2"})
    void anything_else_is_one_text(String text) {
        assertThat(PackedWords.in(text, "/note")).isEmpty();
    }

    @Test
    void a_text_may_be_hostile() {
        assertThat(PackedWords.in("{\"a\":".repeat(10_000), "/note")).isEmpty();
    }
}
