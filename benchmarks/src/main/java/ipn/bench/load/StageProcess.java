package ipn.bench.load;

import ipn.app.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program in a separate JVM, such as a stage, which can be killed and restarted. Thread-safe. */
public final class StageProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    /** Of the JVM of a stage. */
    public static final List<String> USUAL_OPTIONS = withHeap("-Xmx400m");

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final String name;
    private List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;
    private long began;

    private StageProcess(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.process = launch();
        // a benchmark that is interrupted leaves no process behind
        Runtime.getRuntime().addShutdownHook(new Thread(this::destroy, "stop-" + name));
    }

    /** Starts {@code ipn <arguments>} with the class path of this JVM; its output goes to a file in {@code logs}. */
    static StageProcess ipn(
            String name, Path logs, Map<String, String> environment, List<String> launcher, String... arguments)
            throws IOException {
        return start(name, logs, environment, launcher, Main.class, arguments);
    }

    /**
     * As {@link #ipn}, with another main class and the same options of the JVM.
     *
     * @param launcher words before the command, such as those of {@link ipn.bench.measure.Processors}
     */
    public static StageProcess start(
            String name,
            Path logs,
            Map<String, String> environment,
            List<String> launcher,
            Class<?> main,
            String... arguments)
            throws IOException {
        return start(name, logs, environment, command(launcher, USUAL_OPTIONS, main, arguments));
    }

    /** Starts a command; its output goes to a file in {@code logs}. */
    public static StageProcess start(String name, Path logs, Map<String, String> environment, List<String> command)
            throws IOException {
        Files.createDirectories(logs);
        return new StageProcess(name, List.copyOf(command), Map.copyOf(environment), logs.resolve(name + ".log"));
    }

    /** The options of a JVM with this heap and the collector of few threads; it ends without memory, as the launcher {@code ipn} has it. */
    public static List<String> withHeap(String heap) {
        return List.of(heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    /**
     * The command that runs a main class in another JVM, with the class path of this one.
     *
     * @param options of the JVM
     */
    public static List<String> command(
            List<String> launcher, List<String> options, Class<?> main, String... arguments) {
        var command = new ArrayList<>(launcher);
        command.add(JAVA);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    private Process launch() throws IOException {
        began = Files.exists(log) ? Files.size(log) : 0;
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Kills the process with SIGKILL, and starts it again at once. */
    public synchronized void killAndRestart() throws IOException, InterruptedException {
        kill();
        startAgain();
    }

    /** Kills the process with SIGKILL. */
    public synchronized void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts the process again, after it has ended. */
    public synchronized void startAgain() throws IOException {
        process = launch();
    }

    /** As {@link #startAgain}, from now on with the classes of another build. */
    public synchronized void startAgain(String classPath) throws IOException {
        var other = new ArrayList<>(command);
        other.set(other.indexOf("-cp") + 1, classPath);
        command = List.copyOf(other);
        startAgain();
    }

    /** As {@link #startAgain()}, from now on with other options of its JVM. Returns those before. */
    public synchronized List<String> startAgainWith(List<String> options) throws IOException {
        var other = new ArrayList<>(command);
        var current = other.subList(other.indexOf(JAVA) + 1, other.indexOf("-cp"));
        var before = List.copyOf(current);
        current.clear();
        current.addAll(options);
        command = List.copyOf(other);
        startAgain();
        return before;
    }

    /** The class path of its JVM. */
    public synchronized String classPath() {
        return command.get(command.indexOf("-cp") + 1);
    }

    /** Waits until the process has printed a line. */
    public void awaitOutput(String line) throws IOException, InterruptedException {
        var unused = awaitOutput(line::equals);
    }

    /** Waits until the process has printed such a line, and returns the first one. */
    public String awaitOutput(Predicate<String> line) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            var printed = output().lines().filter(line).findFirst();
            if (printed.isPresent()) {
                return printed.get();
            }
            if (!alive() || System.nanoTime() > deadline) {
                throw new IOException("%s did not start:%n%s".formatted(this, output()));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** The id of the process. */
    public synchronized long pid() {
        return process.pid();
    }

    /** The output of the process since its last start. */
    private synchronized String output() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        var all = Files.readAllBytes(log);
        return new String(all, (int) began, all.length - (int) began, StandardCharsets.UTF_8);
    }

    /** Whether it runs. */
    public synchronized boolean alive() {
        return process.isAlive();
    }

    private synchronized void destroy() {
        process.destroy();
    }

    @Override
    public synchronized void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
