package ipn.runtime.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerGateTest {
    private static final Map<String, String> TOKENS = Map.of("A", "a".repeat(32), "B", "b".repeat(32));

    /** A browser sends the name of the site whose page asks, whatever address that name leads to. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "localhost, 200",
        "LOCALHOST:1, 200",
        "[::1]:1, 200",
        "evil.example, 403",
        "127.0.0.1.evil.example, 403"
    })
    void without_callers_only_this_machine_is_answered(String host, int status) throws Exception {
        try (var server = new GatedServer("rate-limit: 10")) {
            assertThat(server.raw("GET / HTTP/1.1\r\nhost: %s\r\n".formatted(host)))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void a_caller_who_asks_too_often_delays_no_other() throws Exception {
        var services = "services: {a: {tokens: ['env:A'], roles: [service]}, b: {tokens: ['env:B'], roles: [service]}}";
        try (var server = new GatedServer("rate-limit: 2, " + services, TOKENS, Path.of(""))) {
            var a = "Bearer " + TOKENS.get("A");
            var answers = new StringBuilder();
            for (var i = 0; i < 8; i++) {
                answers.append(server.ask("/", "authorization", a)).append(' ');
            }
            assertThat(answers.toString()).startsWith("a a ").contains("TOO_MANY");
            assertThat(server.ask("/", "authorization", "Bearer " + TOKENS.get("B")))
                    .isEqualTo("b");
        }
    }
}
