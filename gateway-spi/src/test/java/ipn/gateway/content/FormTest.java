package ipn.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ipn.topics.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    @Test
    void plus_and_percent_20_are_both_a_blank_and_percent_2b_is_a_plus() {
        assertThat(decoded("a=1+2%202%2B3").fields()).containsExactlyEntriesOf(Map.of("a", "1 2 2+3"));
    }

    @Test
    void fields_keep_their_order_and_empty_values_are_kept() {
        assertThat(decoded("b=&a=x&c=%3D%26").fields().toString()).isEqualTo("{b=, a=x, c==&}");
    }

    @Test
    void the_values_are_read_in_the_charset_that_the_form_names_wherever_it_stands() {
        assertThat(decoded("name=Zo%EB&charset=windows-1252").text("name")).contains("Zoë");
        assertThat(decoded("charset=UTF-8&name=Zo%C3%AB").text("name")).contains("Zoë");
        assertThat(decoded("name=%8F%BC%20%8F%ac&ch%61rset=Shift_JIS").text("name"))
                .contains("松 小");
    }

    @Test
    void bytes_that_were_not_escaped_are_read_as_well() {
        var body = Bytes.wrap("name=Zo\u00eb&charset=windows-1252".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Form.decode(body, FormTest::charset).text("name")).contains("Zoë");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "&&&",
                "x",
                "null",
                "[]",
                "\"x\"",
                "=x",
                "a=1&b",
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%4g",
                "a=%G4",
                "a=%-1",
                "%zz=1",
                "a%20b=1",
                "%00=1",
                "a=1&%EB=2",
                "a=%4&1=2",
                "\u0000",
                "a=%\u00e41"
            })
    void what_is_no_form_is_malformed(String body) {
        assertThat(refusal(body)).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n=Zo%EB&charset=UTF-8",
                "n=%C3&charset=utf-8",
                "n=%C0%80&charset=UTF-8",
                "n=%ED%A0%80&charset=UTF-8",
                "n=%81"
            })
    void bytes_that_the_charset_does_not_have_are_malformed(String body) {
        assertThat(refusal(body)).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=1", "a=1&b=2&%61=3", "charset=UTF-8&charset=windows-1252"})
    void a_name_that_stands_twice_is_refused_however_it_is_written(String body) {
        assertThat(refusal(body)).isEqualTo(Reason.DUPLICATE_KEY);
    }

    @Test
    void more_than_the_defaults_of_most_servers_is_read() {
        var many = fields(FormDecoder.FIELDS_MAX);
        assertThat(decoded(many).fields()).hasSize(FormDecoder.FIELDS_MAX);
        assertThat(decoded("memo=" + "x".repeat(9_000)).text("memo").orElseThrow())
                .hasSize(9_000);
    }

    @Test
    void everything_has_a_bound() {
        assertThat(refusal(fields(FormDecoder.FIELDS_MAX + 1))).isEqualTo(Reason.TOO_DEEP);
        assertThat(refusal("x".repeat(FormDecoder.NAME_BYTES_MAX + 1) + "=1")).isEqualTo(Reason.TOO_DEEP);
        assertThat(refusal("a=" + "%41".repeat(FormDecoder.VALUE_BYTES_MAX + 1)))
                .isEqualTo(Reason.TOO_DEEP);
        assertThat(decoded("a=" + "%41".repeat(FormDecoder.VALUE_BYTES_MAX)).fields())
                .hasSize(1);
    }

    @Test
    void the_digest_knows_what_is_said_and_not_how() {
        var digest = decoded("a=1&b=Zo%EB&resend=true").digest(Set.of("resend"));
        assertThat(decoded("b=Zo%c3%ab&a=1&charset=UTF-8").digest(Set.of("charset")))
                .isEqualTo(digest);
        assertThat(decoded("a=1&b=Zoe").digest(Set.of())).isNotEqualTo(digest);
        assertThat(decoded("a=11%3Ab1%3A2").digest(Set.of()))
                .isNotEqualTo(decoded("a=1&b=2").digest(Set.of()));
    }

    @Test
    void it_never_prints_what_it_holds() {
        assertThat(decoded("payer_email=buyer%40example.com").toString()).isEqualTo("Form[1 fields]");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> decoded("secret=1&secret=2"))
                .withMessageNotContaining("secret");
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "f" + i + "=" + i).collect(Collectors.joining("&"));
    }

    private static Charset charset(Optional<String> name) {
        return Charset.forName(name.orElse("windows-1252"));
    }

    private static Form decoded(String body) {
        return Form.decode(Bytes.utf8(body), FormTest::charset);
    }

    private static Reason refusal(String body) {
        try {
            throw new AssertionError("decoded: " + decoded(body));
        } catch (RefusedException e) {
            return e.reason();
        }
    }
}
