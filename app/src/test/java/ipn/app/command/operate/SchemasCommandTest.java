package ipn.app.command.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import ipn.app.command.Console;
import ipn.embedded.EmbeddedRegistry;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of differences that `schemas` and `topics` share, against a registry over HTTP. */
class SchemasCommandTest {
    private static final int DONE = 0;
    private static final int FOUND_PROBLEMS = 1;

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private Console console;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
        config = Files.writeString(folder.resolve("ipn.yaml"), "schema-registry: {url: \"" + registry.url() + "\"}\n");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void what_apply_corrects_is_marked_and_corrected() {
        assertThat(schemas("check")).isEqualTo(FOUND_PROBLEMS);
        assertThat(line("subject")).isEqualTo(List.of("subject", "difference", "detail"));
        assertThat(line("ipn.orders-value"))
                .isEqualTo(List.of("ipn.orders-value", "MISSING", "'ipn schemas apply' corrects it"));
        assertThat(console.errors()).doesNotContain("all schemas");

        assertThat(schemas("apply")).isEqualTo(DONE);
        assertThat(line("ipn.orders-value")).isEqualTo(List.of("ipn.orders-value", "MISSING", "corrected"));

        assertThat(schemas("check")).isEqualTo(DONE);
        assertThat(console.output()).doesNotContain("ipn.orders-value");
        assertThat(console.errors()).contains("all schemas of this build are registered");
    }

    @Test
    void what_apply_cannot_correct_stays_a_problem() throws Exception {
        try (var client = KafkaSettings.from(Settings.empty(), "127.0.0.1:1", registry.url())
                .registryClient()) {
            assertThat(client.register("ipn.orders-value", new AvroSchema("\"int\"")))
                    .isPositive();
        }

        assertThat(schemas("check")).isEqualTo(FOUND_PROBLEMS);
        assertThat(line("ipn.orders-value"))
                .startsWith("ipn.orders-value", "INCOMPATIBLE")
                .doesNotContain("'ipn schemas apply' corrects it");

        assertThat(schemas("apply")).isEqualTo(FOUND_PROBLEMS);
        assertThat(line("ipn.orders-value")).endsWith("not corrected");
        assertThat(line("ipn.outcomes-value")).endsWith("corrected");
        assertThat(console.errors()).doesNotContain("all schemas");
    }

    @Test
    void json_has_what_was_corrected_and_what_remains() {
        assertThat(schemas("apply", "--json")).isEqualTo(DONE);
        assertThat(console.output()).contains("\"corrected\"", "\"remaining\"", "\"ipn.orders-value\"");
    }

    private int schemas(String command, String... options) {
        console = new Console(Map.of());
        var arguments = new ArrayList<>(
                List.of("schemas", command, "--config", config.toString(), "--data", folder.toString()));
        arguments.addAll(List.of(options));
        return console.run(arguments.toArray(String[]::new));
    }

    /** The cells of the line that begins so, without empty ones. */
    private List<String> line(String beginning) {
        return console.output()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .map(line -> List.of(line.split(" {2,}")))
                .orElse(List.of());
    }
}
