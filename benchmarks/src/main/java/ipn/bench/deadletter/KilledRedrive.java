package ipn.bench.deadletter;

import ipn.bench.measure.TopicRecords;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the redrive of all dead letters, kills it (SIGKILL) so long after its first commit, and starts it again until it ends by itself. */
record KilledRedrive(CommandRun commands, KafkaSettings kafka, Duration killAfter) {
    private static final long SAMPLE_MILLIS = 20;
    private static final int RUNS_MAX = 1_000;

    /** How often it was killed. */
    record Result(int kills, int exitCode, Duration duration, String lastOutput) {}

    /** @param until only what had failed before, so that what fails again is not replayed a second time by the next run */
    Result run(Path folder, Instant until) throws IOException, InterruptedException {
        var startedAt = System.nanoTime();
        var output = folder.resolve("redrive.json");
        var errors = folder.resolve("redrive.txt");
        for (var kills = 0; kills < RUNS_MAX; kills++) {
            var process = commands.start(
                    output,
                    errors,
                    "dlq",
                    "replay",
                    "--all",
                    "--until",
                    until.toString(),
                    "--no-wait",
                    "--why",
                    "bench");
            if (!isKilled(process)) {
                return new Result(
                        kills,
                        process.exitValue(),
                        Duration.ofNanos(System.nanoTime() - startedAt),
                        Files.readString(output) + Files.readString(errors));
            }
        }
        throw new IllegalStateException("redrive: killed %d times (expected: an end before)".formatted(RUNS_MAX));
    }

    private boolean isKilled(Process process) throws InterruptedException {
        var before = decided();
        while (decided() == before) {
            if (process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        if (process.waitFor(killAfter.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        process.destroyForcibly().waitFor();
        return true;
    }

    private long decided() {
        var topic = kafka.topics().name(TopicCatalogue.DLQ_STATUS);
        return TopicRecords.ends(kafka, List.of(topic)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
