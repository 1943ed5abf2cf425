package ipn.app;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * The embedded stack that runs on a data folder. It writes the addresses it listens on into that folder, so that commands
 * with the same {@code --data} find it on any port.
 *
 * @param bootstrapServers of its broker
 * @param registryUrl of its schema registry
 * @param ingressUrl URL that notifications are sent to; empty if the stack has no ingress
 * @param managementUrl URL of health and metrics
 * @param queryUrl URL of operators' questions; empty if the stack has no query
 * @param postgres its PostgreSQL; empty if it has none
 */
public record RunningStack(
        String bootstrapServers,
        String registryUrl,
        Optional<URI> ingressUrl,
        Optional<URI> managementUrl,
        Optional<URI> queryUrl,
        Optional<Postgres> postgres) {

    /**
     * The PostgreSQL of the read model.
     *
     * @param jdbcUrl without user and password
     * @param passwordFile readable by the user who started the stack
     */
    public record Postgres(String jdbcUrl, String user, Path passwordFile) {}

    private static final String FILE = "stack.properties";
    private static final String KAFKA = "kafka";
    private static final String REGISTRY = "schema-registry";
    private static final String INGRESS = "ingress";
    private static final String MANAGEMENT = "management";
    private static final String QUERY = "query";
    private static final String POSTGRES = "postgres";
    private static final String POSTGRES_USER = "postgres-user";
    private static final String POSTGRES_PASSWORD_FILE = "postgres-password-file";
    private static final String PROCESS = "process";
    private static final String STARTED = "started";

    /** The stack that runs on this folder; empty if none runs. */
    public static Optional<RunningStack> find(Path data) {
        var read = new Properties();
        try (Reader file = Files.newBufferedReader(data.resolve(FILE))) {
            read.load(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw UserException.usage(
                    "--data: %s cannot be read (expected: in a folder that you may read, as ipn up wrote it)"
                            .formatted(data.resolve(FILE)));
        }
        if (!runs(read)) {
            return Optional.empty(); // the file of a stack that was killed
        }
        return Optional.of(new RunningStack(
                read.getProperty(KAFKA, ""),
                read.getProperty(REGISTRY, ""),
                Optional.ofNullable(read.getProperty(INGRESS)).map(URI::create),
                Optional.ofNullable(read.getProperty(MANAGEMENT)).map(URI::create),
                Optional.ofNullable(read.getProperty(QUERY)).map(URI::create),
                Optional.ofNullable(read.getProperty(POSTGRES))
                        .map(url -> new Postgres(
                                url,
                                read.getProperty(POSTGRES_USER, ""),
                                Path.of(read.getProperty(POSTGRES_PASSWORD_FILE, ""))))));
    }

    /** Writes the addresses and the id of this process to the folder. Closing the result deletes the file. */
    public AutoCloseable publish(Path data) {
        var properties = new Properties();
        properties.put(KAFKA, bootstrapServers);
        properties.put(REGISTRY, registryUrl);
        ingressUrl.ifPresent(url -> properties.put(INGRESS, url.toString()));
        managementUrl.ifPresent(url -> properties.put(MANAGEMENT, url.toString()));
        queryUrl.ifPresent(url -> properties.put(QUERY, url.toString()));
        postgres.ifPresent(database -> {
            properties.put(POSTGRES, database.jdbcUrl());
            properties.put(POSTGRES_USER, database.user());
            properties.put(POSTGRES_PASSWORD_FILE, database.passwordFile().toString());
        });
        var process = ProcessHandle.current();
        properties.put(PROCESS, Long.toString(process.pid()));
        properties.put(STARTED, started(process));
        var file = data.resolve(FILE);
        try {
            Files.createDirectories(data);
            var written = Files.createTempFile(data, FILE, ".tmp");
            try (var writer = Files.newBufferedWriter(written)) {
                properties.store(
                        writer, "Addresses of the embedded stack that runs on this folder; removed when it stops.");
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return () -> Files.deleteIfExists(file);
    }

    /** Compares the start time too, because the process id may have been reused. */
    private static boolean runs(Properties read) {
        return read.getProperty(PROCESS, "").matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(read.getProperty(PROCESS)))
                        .filter(process -> started(process).equals(read.getProperty(STARTED)))
                        .isPresent();
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }
}
