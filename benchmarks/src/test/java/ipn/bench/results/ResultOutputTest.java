package ipn.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ResultOutputTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path file;

    @Command
    private static final class AnyCommand {
        @Mixin
        private ResultOutput output = new ResultOutput();
    }

    @BeforeEach
    void fill() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("broker.log"), "started");
        file = folder.resolve("result.json");
    }

    @Test
    void a_result_without_differences_is_written_and_its_data_deleted() throws IOException {
        assertThat(output("--json", file.toString()).finish(result(List.of()), List.of("a table"), data))
                .isEqualTo(ExitCode.DONE);
        assertThat(BenchResult.read(file).benchmark()).isEqualTo("any");
        assertThat(data).doesNotExist();
    }

    @Test
    void a_result_with_differences_is_written_too_and_its_data_kept() throws IOException {
        var differences =
                IntStream.range(0, 30).mapToObj(each -> "difference " + each).toList();
        assertThat(output("--json", file.toString()).finish(result(differences), List.of(), data))
                .isEqualTo(ExitCode.FOUND_PROBLEMS);
        assertThat(BenchResult.read(file).differences()).isEqualTo(differences);
        assertThat(data.resolve("broker.log")).exists();
    }

    @Test
    void no_file_is_written_unless_it_is_asked_for() throws IOException {
        assertThat(output().finish(result(List.of()), List.of(), data)).isEqualTo(ExitCode.DONE);
        assertThat(file).doesNotExist();
    }

    private static ResultOutput output(String... arguments) {
        var command = new AnyCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.output;
    }

    private static BenchResult result(List<String> differences) {
        return new BenchResult(
                "any", "Any", "Nothing", RunInfo.now(), Map.of(), List.of(), List.of(), Map.of(), differences);
    }
}
