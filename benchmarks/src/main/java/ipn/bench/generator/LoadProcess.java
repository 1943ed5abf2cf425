package ipn.bench.generator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.bench.load.StageProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The load generator in a JVM of its own, so that its work is neither measured nor slowed down with that of this process. */
public final class LoadProcess implements AutoCloseable {
    private static final String HEAP = "-Xmx1500m";

    private final String name;
    private final Path folder;
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;
    private final ObjectMapper json = new ObjectMapper();
    private Path outcomes;
    private int rounds;

    private LoadProcess(String name, Path folder, Process process) {
        this.name = name;
        this.folder = folder;
        this.process = process;
        this.outcomes = folder;
        in = process.outputWriter();
        out = process.inputReader();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-" + name));
    }

    /**
     * Starts the process.
     *
     * @param folder for its log and the outcomes of rounds
     * @param launcher words before the command of the JVM, see {@link ipn.bench.measure.Processors}
     */
    public static LoadProcess start(String name, Path folder, List<String> launcher) throws IOException {
        Files.createDirectories(folder);
        var command = StageProcess.command(launcher, StageProcess.withHeap(HEAP), LoadMain.class);
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
        return new LoadProcess(name, folder, process);
    }

    /** The id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Signs the calls of a round. */
    public void prepare(LoadPlan plan) throws IOException {
        rounds++;
        outcomes = folder.resolve("%s-%d.outcomes".formatted(name, rounds)).toAbsolutePath();
        write(json.writeValueAsString(plan.writingTo(outcomes.toString())));
        var answer = read();
        if (!answer.equals(LoadMain.PREPARED)) {
            throw new IOException("%s: %s (expected: %s)".formatted(name, answer, LoadMain.PREPARED));
        }
    }

    /**
     * What became of a round.
     *
     * @param attack number of calls by kind of attack and status
     */
    public record Sent(Outcomes outcomes, Map<String, Map<Integer, Integer>> attack) {}

    /** Sends the prepared calls; returns when all have a response. */
    public Sent run() throws IOException {
        write("");
        var attack = json.readValue(read(), new TypeReference<Map<String, Map<Integer, Integer>>>() {});
        var sent = new Sent(Outcomes.read(outcomes), attack);
        Files.delete(outcomes);
        return sent;
    }

    private void write(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
    }

    private String read() throws IOException {
        var line = out.readLine();
        if (line == null) {
            throw new IOException("%s ended; its log is in %s".formatted(name, folder));
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
