package ipn.bench.deadletter;

import ipn.app.Main;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code ipn} commands in JVMs of their own.
 *
 * @param settings file
 * @param folder for data and output
 */
record CommandRun(KafkaSettings kafka, Path settings, Path folder) {
    /** What one command did. */
    record Result(int exitCode, Duration duration, String output, String errors) {}

    Process start(Path output, Path errors, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", settings.toString(), "--data", folder.toString(), "--json"));
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("IPN_KAFKA_BOOTSTRAP_SERVERS", kafka.clients().get("bootstrap.servers"));
        builder.environment().put("IPN_SCHEMA_REGISTRY_URL", kafka.registry().get("schema.registry.url"));
        return builder.start();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        var output = folder.resolve("output.json");
        var errors = folder.resolve("errors.txt");
        var startedAt = System.nanoTime();
        var exitCode = start(output, errors, arguments).waitFor();
        var duration = Duration.ofNanos(System.nanoTime() - startedAt);
        return new Result(exitCode, duration, Files.readString(output), Files.readString(errors));
    }
}
