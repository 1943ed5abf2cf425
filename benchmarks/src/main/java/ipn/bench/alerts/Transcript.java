package ipn.bench.alerts;

import ipn.bench.load.IpnCommand;
import ipn.bench.load.SeparateStages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is typed by runbooks, and what it answers, in a file. */
final class Transcript {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SeparateStages stages;
    private final Path folder;
    private final List<String> typed = new ArrayList<>();

    Transcript(SeparateStages stages, Path folder) {
        this.stages = stages;
        this.folder = folder;
    }

    /** Types an {@code ipn} command, and waits until it has ended. */
    IpnCommand.Answer ipn(String... arguments) throws IOException, InterruptedException {
        typed.add("`ipn %s`".formatted(String.join(" ", arguments)));
        return quietly(arguments);
    }

    /** As {@link #ipn}, but it is not part of what a runbook says. */
    IpnCommand.Answer quietly(String... arguments) throws IOException, InterruptedException {
        var answer = new IpnCommand(stages, folder).type(PATIENCE, arguments);
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
