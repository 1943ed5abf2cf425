package ipn.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.app.command.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Asks commands twice, once with the help of the read model and once from the topics alone: both print the same. */
record SameAnswers(Path data) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The answer, which both sources give. */
    JsonNode to(String... command) throws IOException {
        var indexed = run(command);
        var scanned = run(with(command, "--from-topics"));

        assertThat(indexed.errors())
                .as(String.join(" ", command))
                .contains("answered from the read model, complete as of ")
                .doesNotContain("read in full");
        assertThat(scanned.errors()).contains("read from the topics: --from-topics");
        assertThat(timeless(indexed)).as(String.join(" ", command)).isEqualTo(timeless(scanned));
        assertThat(withoutFirstLine(indexed.errors())).isEqualTo(withoutFirstLine(scanned.errors()));
        return timeless(indexed);
    }

    private Console run(String... command) {
        var console = new Console(Map.of());
        var exit = console.run(with(command, "--json", "--config", "built-in", "--data", data.toString()));
        assertThat(exit).as(console.errors()).isBetween(0, 1);
        return console;
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    /** Without the line that says from what it was answered. */
    private static String withoutFirstLine(String errors) {
        return errors.substring(errors.indexOf('\n') + 1);
    }

    /** Without the time at which it was asked. */
    private static JsonNode timeless(Console console) throws IOException {
        return timeless(JSON.readTree(console.output()));
    }

    static JsonNode timeless(JsonNode answer) {
        if (answer instanceof ObjectNode explanation && explanation.has("answer")) {
            explanation.remove("at");
        }
        answer.findParents("ageSeconds").forEach(item -> ((ObjectNode) item).remove("ageSeconds"));
        return answer;
    }
}
