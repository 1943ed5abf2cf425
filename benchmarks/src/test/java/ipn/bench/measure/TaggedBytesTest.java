package ipn.bench.measure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaggedBytesTest {
    @Test
    void replaces_each_occurrence_and_nothing_else() {
        assertThat(replaced("run1-a, run1run1, run", "run1", "run2")).isEqualTo("run2-a, run2run2, run");
    }

    @Test
    void an_occurrence_within_another_is_not_replaced_twice() {
        assertThat(replaced("aaa", "aa", "bc")).isEqualTo("bca");
    }

    @Test
    void each_copy_is_made_of_the_original() {
        var bytes = "x-tag".getBytes(UTF_8);
        var tagged = TaggedBytes.of(bytes, "tag");

        assertThat(new String(tagged.with("abc"), UTF_8)).isEqualTo("x-abc");
        assertThat(new String(tagged.with("def"), UTF_8)).isEqualTo("x-def");
        assertThat(new String(bytes, UTF_8)).isEqualTo("x-tag");
    }

    @Test
    void knows_whether_the_text_occurs() {
        assertThat(TaggedBytes.of("some tag".getBytes(UTF_8), "tag").tagged()).isTrue();
        assertThat(TaggedBytes.of("some ta".getBytes(UTF_8), "tag").tagged()).isFalse();
    }

    @Test
    void refuses_a_text_of_another_length() {
        assertThatThrownBy(() -> replaced("x-tag", "tag", "longer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer");
    }

    private static String replaced(String text, String tag, String other) {
        return new String(TaggedBytes.of(text.getBytes(UTF_8), tag).with(other), UTF_8);
    }
}
