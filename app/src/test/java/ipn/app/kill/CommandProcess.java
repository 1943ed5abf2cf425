package ipn.app.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ipn <command>} in a JVM of its own, whose time and memory are measured. */
final class CommandProcess {
    private static final long SAMPLE_MILLIS = 50;

    private final Path output;
    private final Process process;
    private final long startedAt = System.nanoTime();

    /**
     * What a command did.
     *
     * @param residentMib most memory that it used; 0 where the system does not say
     */
    record Result(int exitCode, Duration duration, long residentMib, String output) {}

    private CommandProcess(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /**
     * Starts a command on the class path of this JVM.
     *
     * @param folder for its output
     */
    static CommandProcess start(Path folder, int heapMib, Map<String, String> environment, List<String> arguments) {
        try {
            var output = Files.createTempFile(folder, "command", ".txt");
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heapMib + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OwnedStage.class.getName()));
            command.addAll(arguments);
            var builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()));
            builder.environment().putAll(environment);
            return new CommandProcess(output, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits until it has ended. */
    Result await() throws IOException, InterruptedException {
        var resident = 0L;
        while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
            resident = Math.max(resident, peakKib(process.pid()));
        }
        var duration = Duration.ofNanos(System.nanoTime() - startedAt);
        return new Result(process.exitValue(), duration, resident / 1024, Files.readString(output));
    }

    private static long peakKib(long pid) {
        try (var status = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended, or this is no Linux
        }
    }
}
