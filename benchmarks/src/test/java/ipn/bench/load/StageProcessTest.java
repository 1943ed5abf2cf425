package ipn.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StageProcessTest {
    @TempDir
    private Path folder;

    @Test
    void starts_with_another_heap_and_then_with_its_own_again() throws Exception {
        var command = List.of("sh", "-c", "echo $1", "program", "-Xmx400m");
        try (var process = StageProcess.start("program", folder, Map.of(), command)) {
            process.awaitOutput("-Xmx400m");

            assertThat(process.startAgainWithHeap("-Xmx32m")).isEqualTo("-Xmx400m");
            process.awaitOutput("-Xmx32m");
            process.startAgain();
            process.awaitOutput("-Xmx32m");
            assertThat(process.startAgainWithHeap("-Xmx400m")).isEqualTo("-Xmx32m");
            process.awaitOutput("-Xmx400m");
        }
    }
}
