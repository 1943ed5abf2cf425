package ipn.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskFilesTest {
    @TempDir
    private Path folder;

    private DeskFiles files;

    @BeforeEach
    void write() throws IOException {
        files = new DeskFiles(folder);
        files.write("echo \"$@\"", "how it is used");
    }

    private Process type(String... words) throws IOException {
        var command = new ArrayList<>(List.of(words));
        command.set(0, folder.resolve(words[0]).toString());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void who_asks_gets_the_answer_of_whom_was_asked_and_not_an_old_one() throws IOException {
        Files.writeString(files.answers().resolve("kafka"), "an old answer");
        var asking = type("ask", "kafka", "brokers refuse", "connections");
        var asked = files.asked().resolve("kafka");
        assertThat(Polling.upTo(Duration.ofSeconds(20))
                        .until(() -> Files.exists(asked) && asked.toFile().length() > 0))
                .isTrue();
        assertThat(asked).hasContent("brokers refuse connections");
        Files.writeString(files.answers().resolve("kafka"), "they run again\n");
        assertThat(output(asking)).isEqualTo("they run again\n");
        assertThat(files.typed()).hasContent("ask kafka brokers refuse connections");
    }

    @Test
    void who_asks_nothing_is_told_how() throws IOException, InterruptedException {
        var asking = type("ask", "kafka");
        assertThat(output(asking)).startsWith("usage: ./ask OWNER WHAT-YOU-SEE");
        assertThat(asking.waitFor()).isEqualTo(2);
        assertThat(files.asked()).isEmptyDirectory();
    }
}
