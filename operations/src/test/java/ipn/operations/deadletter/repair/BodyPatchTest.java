package ipn.operations.deadletter.repair;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyPatchTest {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    /** The examples of RFC 7396, appendix A, whose document and patch are objects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b'} | {'a':null} | {}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':'c'} | {'a':['b']} | {'a':['b']}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}"
            },
            quoteCharacter = '~')
    void a_merge_patch_is_that_of_the_rfc(String body, String patch, String expected) {
        assertThat(patched(body, patch, "application/json")).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void numbers_keep_their_digits() {
        assertThat(patched("{'amount':9.90,'big':12345678901234567890123,'e':1}", "{'e':2.50}", "application/json"))
                .isEqualTo("{\"amount\":9.90,\"big\":12345678901234567890123,\"e\":2.50}");
    }

    @Test
    void fields_of_a_form_are_set_added_and_removed_and_all_others_keep_their_bytes() {
        assertThat(patched(
                        "txn_id=8X&mc_currency=US&memo=a%20b+c&payer=x",
                        "mc_currency=USD\ncustom=o 1&2\npayer\n", FORM))
                .isEqualTo("txn_id=8X&mc_currency=USD&memo=a%20b+c&custom=o+1%262");
    }

    @Test
    void what_cannot_be_patched_is_refused_without_its_content() {
        assertThatThrownBy(() -> patched("{'a':1", "{'a':2}", "application/json"))
                .hasMessage("body: not JSON (expected: a JSON object without duplicate keys)");
        assertThatThrownBy(() -> patched("{'a':1,'a':2}", "{'a':2}", "application/json"))
                .hasMessageStartingWith("body: ");
        assertThatThrownBy(() -> patched("{'a':1}", "[1]", "application/json")).hasMessageStartingWith("patch: ");
        assertThatThrownBy(() -> patched("a=1", "=2", FORM)).hasMessageStartingWith("patch: ");
    }

    private static String patched(String body, String patch, String contentType) {
        var result = new BodyPatch(patch.replace('\'', '"'))
                .apply(body.replace('\'', '"').getBytes(UTF_8), contentType);
        return new String(result, UTF_8);
    }
}
