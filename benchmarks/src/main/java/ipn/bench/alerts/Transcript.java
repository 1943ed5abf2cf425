package ipn.bench.alerts;

import ipn.app.Main;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.StageProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is typed by runbooks, and what it answers, in a file. */
final class Transcript {
    private static final String HEAP = "-Xmx300m";
    private static final int MINUTES_MAX = 5;

    private final SeparateStages stages;
    private final Path folder;
    private final List<String> typed = new ArrayList<>();

    /** What a command printed, and how it ended. */
    record Answer(int exit, String output) {}

    Transcript(SeparateStages stages, Path folder) {
        this.stages = stages;
        this.folder = folder;
    }

    /** Types an {@code ipn} command, and waits until it has ended. */
    Answer ipn(String... arguments) throws IOException, InterruptedException {
        typed.add("`ipn %s`".formatted(String.join(" ", arguments)));
        return quietly(arguments);
    }

    /** As {@link #ipn}, but it is not part of what a runbook says. */
    Answer quietly(String... arguments) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "typed", ".txt");
        var command = StageProcess.command(
                List.of(), StageProcess.withHeap(HEAP), Main.class, stages.arguments("typed", arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(stages.environment());
        var process = builder.start();
        var ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        var answer = new Answer(ended ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
        append("$ ipn %s%n%s(exit code %d)%n%n".formatted(String.join(" ", arguments), answer.output(), answer.exit()));
        return answer;
    }

    /** Notes what was done otherwise than by a command of ours. */
    void did(String what) throws IOException {
        typed.add(what);
        append("# %s%n%n".formatted(what));
    }

    /** What was typed since the last call. */
    List<String> take() {
        var all = List.copyOf(typed);
        typed.clear();
        return all;
    }

    private void append(String text) throws IOException {
        Files.writeString(folder.resolve("transcript.txt"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
