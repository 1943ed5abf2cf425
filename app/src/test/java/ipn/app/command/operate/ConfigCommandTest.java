package ipn.app.command.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.command.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private static final String GOOD = """
            gateways:
              stripe:
                main: {mode: live, secrets: ["env:STRIPE_SECRET"], account: acct_1234}
            products:
              premium: {entitlement: premium, kind: subscription, interval: P1M, grace: P7D, prices: {USD: 800}}
            """;
    private static final String WRONG = """
            gateways:
              stripe:
                main:
                  mode: live
                  secrets: ["whsec_never_written_here"]
                  account: acct_1234
            ingress:
              port: 99999
            projector:
              thraeds: 2
            """;

    @TempDir
    Path folder;

    private final Console console = new Console(Map.of());

    @Test
    void every_problem_of_all_stages_is_printed_with_its_line_and_no_secret_is_shown() throws IOException {
        var file = write(WRONG);
        assertThat(console.run("config", "check", file)).isEqualTo(2);
        assertThat(console.output().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(file + ":5: gateways.stripe.main.secrets[0]: not a reference (expected: "),
                        line -> assertThat(line).startsWith(file + ":8: ingress.port: 99999 (expected: "),
                        line -> assertThat(line).startsWith(file + ":10: projector.thraeds: unknown (expected: "));
        assertThat(console.errors()).contains("3 problem(s)");
        assertThat(console.output() + console.errors()).doesNotContain("never_written_here", "Exception");
    }

    @Test
    void a_secret_is_looked_up_only_if_that_is_asked_for() throws IOException {
        var file = write(GOOD);
        assertThat(console.run("config", "check", file)).as(console.errors()).isZero();
        assertThat(console.output()).contains("no problems (secrets not looked up");
        assertThat(console.run("config", "check", file, "--secrets")).isEqualTo(2);
        assertThat(console.output())
                .contains(file + ":3: gateways.stripe.main.secrets[0]: env:STRIPE_SECRET is not set");
        var other = new Console(Map.of("STRIPE_SECRET", "whsec_0123456789abcdef"));
        assertThat(other.run("config", "check", file, "--secrets"))
                .as(other.output())
                .isZero();
    }

    @Test
    void an_account_without_a_reference_to_a_secret_is_a_problem_although_none_is_looked_up() throws IOException {
        var file = write(GOOD.replace("secrets: [\"env:STRIPE_SECRET\"], ", ""));
        assertThat(console.run("config", "check", file)).isEqualTo(2);
        assertThat(console.output()).contains(":3: gateways.stripe.main.secrets: no usable secret");
    }

    @Test
    void a_value_of_the_environment_is_a_problem_of_its_variable() throws IOException {
        var other = new Console(Map.of("IPN_INGRESS_PORT", "many", "IPN_INGRES_PORT", "8080"));
        assertThat(other.run("config", "check", write(GOOD))).isEqualTo(2);
        assertThat(other.output())
                .contains("environment: IPN_INGRESS_PORT: ingress.port: many (expected: ")
                .contains("environment: IPN_INGRES_PORT: ");
    }

    @Test
    void programs_get_file_and_problems() throws IOException {
        var file = write(WRONG);
        assertThat(console.run("config", "check", file, "--json")).isEqualTo(2);
        var json = new ObjectMapper().readTree(console.output());
        assertThat(json.path("valid").asBoolean(true)).isFalse();
        assertThat(json.path("problems")).hasSize(3);
        assertThat(json.path("problems").path(1).path("line").asInt()).isEqualTo(8);
        assertThat(json.path("problems").path(1).path("key").asText()).isEqualTo("ingress.port");
        assertThat(json.path("problems").path(1).path("detail").asText()).startsWith("99999 (expected: ");
    }

    @Test
    void a_file_that_is_not_yaml_has_the_line_of_the_mistake_and_one_that_is_absent_is_named() throws IOException {
        var file = write("gateways:\n  stripe: [\n");
        assertThat(console.run("config", "check", file)).isEqualTo(2);
        assertThat(console.output()).contains(file + ":").contains("not YAML");
        assertThat(console.run("config", "check", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(console.errors()).contains("FILE: ", "none.yaml cannot be read (expected: a settings file");
    }

    @Test
    void the_example_of_every_setting_has_no_problem() {
        assertThat(console.run("config", "check", "../ipn.example.yaml"))
                .as(console.output())
                .isZero();
    }

    private String write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("ipn.yaml"), yaml).toString();
    }
}
