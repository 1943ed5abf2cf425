package ipn.app.command.decide;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.command.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments of the commands that decide about access: what is wrong is found before Kafka is asked. */
class AccessCommandsTest {
    /** A Kafka that does not answer: a command that gets so far ends with exit code 3. */
    private static final Map<String, String> NO_KAFKA = Map.of(
            "IPN_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
            "IPN_KAFKA_DEFAULT_API_TIMEOUT_MS", "200",
            "IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1");

    private final Console console = new Console(NO_KAFKA);

    private int run(String command, String... more) {
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(more));
        return console.run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant u_42 premium --for P30D --yes",
                "extend u_42 premium --for P30D --yes",
                "revoke u_42 premium --yes",
                "transfer u_42 premium --to u_7 --yes"
            })
    void a_decision_about_access_requires_a_reason(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(console.errors())
                .contains("--why: missing (expected: a reason, because it is stored with the decision)");
        assertThat(run(command, "--why=test")).as("with a reason it asks Kafka").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant u_42 premium --for P30D --why=test",
                "extend u_42 premium --for P30D --why=test",
                "revoke u_42 premium --why=test",
                "transfer u_42 premium --to u_7 --why=test",
                "decision undo d_1 --why=test",
                "decision approve d_1 --why=test",
                "discrepancy accept LATE/x --why=test",
                "discrepancy dismiss LATE/x --why=test",
                "discrepancy assign NO_SUBJECT/x --user=u_1 --why=test",
                "discrepancy undo d_1 --why=test",
                "policy apply --why=test",
                "policy restore v1 --why=test"
            })
    void without_a_console_a_decision_requires_yes_and_with_json_always(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(console.errors()).contains("no console to ask for confirmation (expected: --yes as well)");
        assertThat(run(command, "--json")).isEqualTo(2);
        assertThat(console.errors()).contains("--json prints no preview to confirm (expected: --yes as well)");
        assertThat(run(command, "--yes")).isEqualTo(3);
        assertThat(run(command, "--yes", "--json")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant u_42 premium --for P30D", "revoke u_42 premium", "transfer u_42 premium --to u_7"})
    void a_dry_run_asks_nothing(String command) {
        assertThat(run(command, "--why=test", "--dry-run")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "grant, '', none",
        "grant, --for=P30D --until=2099-01-01T00:00:00Z, both",
        "extend, '', none",
        "extend, --for=P30D --until=2099-01-01T00:00:00Z, both"
    })
    void how_long_is_given_in_one_way(String command, String options, String what) {
        assertThat(run((command + " u_42 premium --why=test --yes " + options).strip()))
                .isEqualTo(2);
        assertThat(console.errors()).contains("--for and --until: " + what + " (expected: one of them)");
    }

    @ParameterizedTest
    @CsvSource({
        "grant u_42 premium --until=2020-01-01T00:00:00Z, --until: 2020-01-01T00:00:00Z (expected: a time after now",
        "revoke u_42 premium --until=2020-01-01T00:00:00Z, --until: 2020-01-01T00:00:00Z (expected: a time after now",
        "transfer u_42 premium --to u_42, --to: u_42 is the user itself (expected: another user)",
        "grant u_42 --for P30D, ENTITLEMENT: missing (expected: ",
        "grant --for P30D, SUBJECT: missing (expected: ",
        "transfer u_42 premium, --to: missing (expected: "
    })
    void wrong_usage_is_named(String command, String message) {
        assertThat(run(command, "--why=test", "--yes")).isEqualTo(2);
        assertThat(console.errors()).contains(message.strip());
    }

    @Test
    void the_help_names_each_exit_code() {
        for (var command : List.of("grant", "extend", "revoke", "transfer")) {
            var help = new Console(Map.of());
            assertThat(help.run(command, "--help")).isZero();
            assertThat(help.output())
                    .contains("Requires --why", "not confirmed", "--dry-run", "--yes", "--by=NAME")
                    .containsPattern("(?m)^ +0 ")
                    .containsPattern("(?m)^ +2 ")
                    .containsPattern("(?m)^ +3 ");
        }
    }
}
