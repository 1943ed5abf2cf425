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
    void starts_with_other_options_and_then_with_its_own_again() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var echo = List.of("sh", "-c", "shift; echo $*", "sh", java, "-Xmx400m", "-cp", "classes", "Main");
        try (var process = StageProcess.start("program", folder, Map.of(), echo)) {
            process.awaitOutput("-Xmx400m -cp classes Main");

            assertThat(process.startAgainWith(List.of("-Xmx100m", "-XX:+UseEpsilonGC")))
                    .containsExactly("-Xmx400m");
            process.awaitOutput("-Xmx100m -XX:+UseEpsilonGC -cp classes Main");
            assertThat(process.startAgainWith(List.of("-Xmx400m"))).hasSize(2);
            process.awaitOutput("-Xmx400m -cp classes Main");
        }
    }
}
