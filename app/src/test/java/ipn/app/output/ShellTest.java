package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
    @Test
    void an_ordinary_id_needs_no_quotes() {
        assertThat(Shell.quoted("UNKNOWN_ORDER/stripe/main/pi_1,order=o_7"))
                .isEqualTo("UNKNOWN_ORDER/stripe/main/pi_1,order=o_7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "it's", "$HOME", "`id`", "a;b", "*", "\"", "a\\b", "(x)", "!1", "~", "#x", "&"})
    void a_shell_gets_the_argument_unchanged(String argument) throws Exception {
        var shell = new ProcessBuilder("sh", "-c", "printf %s " + Shell.quoted(argument)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(argument);
        assertThat(shell.waitFor()).isZero();
    }
}
