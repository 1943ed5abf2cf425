package ipn.bench.load;

import ipn.app.Main;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Commands of {@code ipn} that people type, each in a JVM of its own, with the settings of a pipeline.
 *
 * @param folder for what they print
 */
public record IpnCommand(SeparateStages stages, Path folder) {
    private static final String HEAP = "-Xmx300m";

    /**
     * What a command printed, and how it ended.
     *
     * @param exit -1 if it was killed
     */
    public record Answer(int exit, String output) {}

    /**
     * What starts a command; its environment is that of the stages.
     *
     * @param instance names its data folder
     */
    public static List<String> words(SeparateStages stages, String instance, String... arguments) {
        return StageProcess.command(
                List.of(), StageProcess.withHeap(HEAP), Main.class, stages.arguments(instance, arguments));
    }

    /**
     * Types a command, and waits until it has ended.
     *
     * @param patience after which it is killed with SIGKILL
     */
    public Answer type(Duration patience, String... arguments) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "typed", ".txt");
        var builder = new ProcessBuilder(words(stages, "typed", arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(stages.environment());
        var process = builder.start();
        var ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Answer(ended ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
    }
}
