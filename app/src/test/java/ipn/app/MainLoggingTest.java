package ipn.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where log lines go: {@code Main} in a JVM of its own, because logging is configured once in a JVM. */
class MainLoggingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "up --bogus, 2, 'file, stderr'",
        "demo --bogus, 2, 'file, stderr'",
        "processor --config nowhere.yaml, 2, stdout",
        "projector --config nowhere.yaml, 2, stdout",
        "discrepancy list --kind UNDERPAID --bogus, 2, stderr",
        "decision --help, 0, stderr"
    })
    void the_command_decides_and_nothing_is_logged_before(String command, int exit, String appenders) throws Exception {
        var arguments = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
        arguments.addAll(List.of(command.split(" ")));
        var process = start(AppendersAtExit.class, Map.of(), arguments);
        try {
            var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(printed).contains("log file: false\n").contains("appenders: [" + appenders + "]\n");
            assertThat(process.exitValue()).isEqualTo(exit);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_stage_logs_json_lines() throws Exception {
        var environment = Map.of("IPN_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        var process = start(
                Main.class, environment, List.of("processor", "--config", "built-in", "--data", folder.toString()));
        try (var lines = process.inputReader(UTF_8)) {
            assertThat(lines.readLine()).startsWith("{\"timestamp\":").contains("\"level\":\"");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Class<?> main, Map<String, String> environment, List<String> arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.concat(
                Stream.of(
                        java,
                        "-Xmx200m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()),
                arguments.stream());
        var builder = new ProcessBuilder(command.toList())
                .directory(Files.createDirectories(folder).toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
