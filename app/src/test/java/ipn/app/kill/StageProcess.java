package ipn.app.kill;

import ipn.app.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ipn <stage>} in a JVM of its own, which can be killed and started again on the same state. */
final class StageProcess implements AutoCloseable {
    private final String stage;
    private final Path data;
    private final Map<String, String> environment;
    private final List<String> options;
    private String config;
    private Process process;

    /**
     * Starts the stage with the built-in settings, in a small JVM that lives for seconds.
     *
     * @param data where it keeps its state and its log
     */
    StageProcess(String stage, Path data, Map<String, String> environment) {
        this(stage, data, environment, SettingsSource.BUILT_IN, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    }

    /**
     * Starts the stage on the class path of this JVM.
     *
     * @param data where it keeps its state and its log
     * @param config the settings file
     * @param options of its JVM
     */
    StageProcess(String stage, Path data, Map<String, String> environment, String config, List<String> options) {
        this.stage = stage;
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.config = config;
        this.options = List.copyOf(options);
        this.process = start();
    }

    private Process start() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                OwnedStage.class.getName(),
                "--config",
                config,
                "--data",
                data.resolve(stage).toString(),
                stage));
        var builder = new ProcessBuilder(command)
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

    /** SIGSTOP: it stands still. */
    void freeze() throws InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it continues. */
    void thaw() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after {@link #kill()}. */
    void restart() {
        process = start();
    }

    /** Stops it as an operator does, and starts it with other settings. */
    void restart(String settings) throws InterruptedException {
        process.destroy();
        process.waitFor();
        config = settings;
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
