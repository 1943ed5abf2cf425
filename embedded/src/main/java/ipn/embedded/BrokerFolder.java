package ipn.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/**
 * The files of a broker.
 *
 * @param path the folder; created if it does not exist
 */
record BrokerFolder(Path path) {
    private static final int TAIL_LINES = 15;

    static BrokerFolder at(Path path) {
        try {
            return new BrokerFolder(Files.createDirectories(path).toRealPath());
        } catch (IOException e) {
            throw new EmbeddedException("data: %s (expected: a folder that can be written)".formatted(path), e);
        }
    }

    Path records() {
        return path.resolve("records");
    }

    Path settings() {
        return path.resolve("broker.properties");
    }

    Path log() {
        return path.resolve("broker.log");
    }

    Path arguments() {
        return path.resolve("broker.args");
    }

    /** Process ids of the broker and of its parent, one per line. */
    Path processes() {
        return path.resolve("broker.pid");
    }

    /** The cluster's id: random at the first start, then kept. */
    String clusterId() {
        var file = path.resolve("cluster.id");
        try {
            if (!Files.exists(file)) {
                replace(file, Uuid.randomUuid().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeSettings(Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(settings())) {
            properties.store(writer, "written at each start");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the arguments of {@code java} to a file, because a class path can be longer than a command line. */
    void writeArguments(List<String> arguments) {
        var quoted = arguments.stream()
                .map(each -> '"' + each.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
        try {
            Files.write(arguments(), quoted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeProcesses(long broker, long parent) {
        try {
            replace(processes(), broker + "\n" + parent + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True while a broker of any process has locked the records. */
    boolean inUse() {
        var lock = records().resolve(".lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                var held = channel.tryLock()) {
            return held == null;
        } catch (IOException | OverlappingFileLockException e) {
            return true;
        }
    }

    /** True while the process that started the broker runs. */
    boolean parentAlive() {
        try {
            var parent = Long.parseLong(Files.readAllLines(processes()).get(1).strip());
            return ProcessHandle.of(parent).map(ProcessHandle::isAlive).orElse(false);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Keeps the log of the last run as {@code broker.log.1}. */
    void rotateLog() {
        try {
            if (Files.exists(log())) {
                Files.move(log(), path.resolve("broker.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of the log, without stack frames. */
    String logTail() {
        try (var lines = Files.newBufferedReader(log(), StandardCharsets.UTF_8)) {
            var relevant = lines.lines()
                    .filter(line -> !line.startsWith("\tat ") && !line.isBlank())
                    .toList();
            var last = relevant.subList(Math.max(0, relevant.size() - TAIL_LINES), relevant.size());
            return String.join("\n  ", last);
        } catch (IOException | UncheckedIOException e) {
            return "(no log)";
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
