package ipn.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictDecodingTest {
    @Test
    void the_one_spelling_is_read() {
        assertThat(StrictDecoding.hex("00ff")).contains(Bytes.wrap(new byte[] {0, -1}));
        assertThat(StrictDecoding.base64("AP8=")).contains(Bytes.wrap(new byte[] {0, -1}));
        assertThat(StrictDecoding.base64Url("AP8")).contains(Bytes.wrap(new byte[] {0, -1}));
        assertThat(StrictDecoding.base64Url("-_8")).contains(Bytes.wrap(new byte[] {-5, -1}));
        assertThat(StrictDecoding.epochSeconds("1788264000")).contains(1_788_264_000L);
        assertThat(StrictDecoding.epochSeconds("0")).contains(0L);
        assertThat(StrictDecoding.epochSeconds("999999999999")).contains(999_999_999_999L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0F", "0g", " 00", "00 ", "0x00", "\u0660\u0660"})
    void another_spelling_of_hex_is_not(String text) {
        assertThat(StrictDecoding.hex(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AP8", "AP9=", "AP8=\n", " AP8=", "AP_8", "AP8==", "====", "\u0410P8="})
    void another_spelling_of_base64_is_not(String text) {
        assertThat(StrictDecoding.base64(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AP8=", "AP9", "AP8\n", " AP8", "AP/8", "AP+8", "A.8", "\u0410P8"})
    void another_spelling_of_base64url_is_not(String text) {
        assertThat(StrictDecoding.base64Url(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+1",
                "-1",
                " 1",
                "1 ",
                "01",
                "00",
                "1.0",
                "1e9",
                "0x1",
                "9223372036854775808",
                "1788264000000",
                "\u0661"
            })
    void another_spelling_of_a_time_is_not(String text) {
        assertThat(StrictDecoding.epochSeconds(text)).isEmpty();
    }
}
