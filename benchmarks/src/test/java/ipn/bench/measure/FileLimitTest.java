package ipn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileLimitTest {
    private static final int MUCH = 5_000;

    @TempDir
    private Path folder;

    private Process writer;

    @BeforeEach
    void start() throws IOException {
        writer = new ProcessBuilder("cat").redirectOutput(file().toFile()).start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        writer.destroyForcibly().waitFor();
    }

    @Test
    void no_file_of_a_process_grows_beyond_it() throws Exception {
        assertThat(FileLimit.FULL.set(writer.pid())).isTrue();

        assertThat(written()).isEqualTo(1_024);
    }

    @Test
    void it_can_be_lifted() throws Exception {
        assertThat(FileLimit.FULL.set(writer.pid())).isTrue();
        assertThat(FileLimit.NONE.set(writer.pid())).isTrue();

        assertThat(written()).isEqualTo(MUCH);
    }

    @Test
    void says_that_the_process_has_ended() throws Exception {
        writer.destroyForcibly().waitFor();

        assertThat(FileLimit.FULL.set(writer.pid())).isFalse();
    }

    private long written() throws IOException, InterruptedException {
        try (var input = writer.getOutputStream()) {
            input.write(new byte[MUCH]);
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return file().toFile().length();
    }

    private Path file() {
        return folder.resolve("file");
    }
}
