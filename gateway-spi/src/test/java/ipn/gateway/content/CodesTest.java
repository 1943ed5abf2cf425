package ipn.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CodesTest {
    private static final Pattern SAME = Pattern.compile("[A-Za-z0-9_.:-]");

    @Test
    void a_code_has_letters_digits_and_four_signs() {
        for (var c = 0; c < 0x250; c++) {
            var text = Character.toString((char) c);
            assertThat(Codes.is(text, 1))
                    .as("character %d", c)
                    .isEqualTo(SAME.matcher(text).matches());
            assertThat(Codes.is("a" + text, 2)).isEqualTo(SAME.matcher(text).matches());
        }
    }

    @Test
    void a_code_is_neither_empty_nor_too_long() {
        assertThat(Codes.is("", 3)).isFalse();
        assertThat(Codes.is("abc", 3)).isTrue();
        assertThat(Codes.is("abcd", 3)).isFalse();
    }
}
