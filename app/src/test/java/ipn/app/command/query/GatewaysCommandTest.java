package ipn.app.command.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.command.Console;
import ipn.evidence.Proof;
import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewaysCommandTest {
    private final Console console = new Console(Map.of());

    /** A gateway that somebody else wrote, without a report. */
    public static final class Somebodys implements Gateway {
        @Override
        public String name() {
            return "somebodys-pay";
        }

        @Override
        public GatewayAccount open(AccountSettings settings) {
            throw new UnsupportedOperationException("only listed");
        }
    }

    @Test
    void every_gateway_on_the_class_path_is_listed_with_what_was_proven() {
        assertThat(console.run("gateways", "--config", "built-in")).isZero();
        var lines = console.output().lines().toList();
        assertThat(lines.get(0)).contains("samples", "vectors", "rotation", "permutations", "sdk");
        var names = ServiceLoader.load(Gateway.class).stream()
                .map(provider -> provider.get().name())
                .sorted()
                .toList();
        assertThat(lines.stream().skip(1).map(line -> line.split(" ")[0])).containsExactlyElementsOf(names);
        assertThat(line("stripe")).contains("main (test)").containsAnyOf("  stripe-java ", "no report of a build here");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(160));
    }

    @Test
    void what_every_column_means_is_said_beside_the_table() {
        assertThat(console.run("gateways", "--config", "built-in")).isZero();
        var headings = console.output().lines().findFirst().orElseThrow();
        assertThat(Proof.values()).allSatisfy(proof -> {
            assertThat(headings).contains(proof.word());
            assertThat(console.errors()).contains(proof.word(), proof.meaning());
        });
    }

    @Test
    void programs_get_numbers() throws Exception {
        assertThat(console.run("gateways", "--config", "built-in", "--json")).isZero();
        var json = new ObjectMapper().readTree(console.output());
        assertThat(json).isNotEmpty().allSatisfy(gateway -> {
            assertThat(gateway.path("name").isTextual()).isTrue();
            assertThat(gateway.path("from").asText()).isEqualTo("built in");
            assertThat(gateway.path("proofs").path("samples").path("failed").isInt())
                    .isEqualTo(gateway.path("report").asText().equals("PRESENT"));
        });
    }

    @Test
    void one_gateway_is_shown_with_what_its_accounts_take() {
        assertThat(console.run("gateways", "show", "stripe", "--config", "built-in"))
                .isZero();
        assertThat(console.output()).contains("application/json", "built in", "tampering", Proof.TAMPERING.meaning());
    }

    @Test
    void a_gateway_that_is_not_there_is_answered_with_those_that_are() {
        assertThat(console.run("gateways", "show", "strip", "--config", "built-in"))
                .isEqualTo(2);
        assertThat(console.errors())
                .contains("strip: no such gateway (expected: one of ")
                .contains("stripe");
        assertThat(console.run("gateways", "drift", "--gateway", "strip", "--config", "built-in"))
                .isEqualTo(2);
    }

    @Test
    void a_jar_of_somebody_else_is_named_and_without_a_report_nothing_is_proven(@TempDir Path folder) throws Exception {
        var services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Gateway.class.getName()), Somebodys.class.getName());
        var thread = Thread.currentThread();
        var usual = thread.getContextClassLoader();
        try (var plugged = new URLClassLoader(new URL[] {folder.toUri().toURL()}, usual)) {
            thread.setContextClassLoader(plugged);
            assertThat(console.run("gateways", "--config", "built-in")).isZero();
        } finally {
            thread.setContextClassLoader(usual);
        }
        assertThat(line("somebodys-pay")).contains("no report of a build here").doesNotContain("built in");
        assertThat(line("stripe")).contains("built in");
    }

    private String line(String gateway) {
        return console.output()
                .lines()
                .filter(line -> List.of(line.split(" ")).get(0).equals(gateway))
                .findFirst()
                .orElseThrow();
    }
}
