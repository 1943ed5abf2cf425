package ipn.app.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ipn <stage>} in a JVM of its own, which can be killed and started again on the same state. */
final class StageProcess implements AutoCloseable {
    private final String stage;
    private final Path data;
    private final Map<String, String> environment;
    private Process process;

    /**
     * Starts the stage on the class path of this JVM.
     *
     * @param data where it keeps its state and its log
     */
    StageProcess(String stage, Path data, Map<String, String> environment) {
        this.stage = stage;
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.process = start();
    }

    private Process start() {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        // It lives for seconds.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnedStage.class.getName(),
                        "--config",
                        "built-in",
                        "--data",
                        data.resolve(stage).toString(),
                        stage))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(data.resolve(stage + ".log").toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again after {@link #kill()}. */
    void restart() {
        process = start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it printed. */
    String log() {
        try {
            return Files.readString(data.resolve(stage + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
