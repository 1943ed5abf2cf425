package ipn.embedded;

import ipn.polling.Polling;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL in processes of its own, on loopback, with a password. It stops when this JVM ends, even if that was killed. Its data are
 * kept: a start on an existing folder continues with them.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final String DATABASE = "ipn";
    private static final int CONNECTIONS_MAX = 40;

    /**
     * Runs PostgreSQL until standard input ends, which means that its owner has ended; then stops it fast. With job control, where there is a
     * terminal, Ctrl-C does not reach it: what uses it stops first.
     */
    private static final String UNTIL_OWNER_ENDS = """
            exec 3<&0
            set -m 2>/dev/null
            "$@" </dev/null & server=$!
            ( cat <&3 >/dev/null; kill -INT $server ) 2>/dev/null & watch=$!
            wait $server; code=$?
            kill $watch 2>/dev/null
            exit $code
            """;

    private final PostgresBinaries binaries;
    private final PostgresCluster cluster;
    private final List<String> asUser;
    private final int port;
    private final Map<String, String> settings;
    private Process process;

    private EmbeddedPostgres(
            PostgresBinaries binaries,
            PostgresCluster cluster,
            List<String> asUser,
            int port,
            Map<String, String> settings) {
        this.binaries = binaries;
        this.cluster = cluster;
        this.asUser = asUser;
        this.port = port;
        this.settings = new TreeMap<>(settings);
        this.process = launch();
    }

    /**
     * Starts PostgreSQL, with a database {@code ipn}, and waits until it is ready.
     *
     * @param folder for its data, password and log
     * @param port to listen on at 127.0.0.1; 0: a free one
     * @param settings of PostgreSQL, added to the defaults
     * @throws EmbeddedException if this platform has no binaries, no user can run it, or it does not start
     */
    public static EmbeddedPostgres start(Path folder, int port, Map<String, String> settings) {
        var asUser = asOrdinaryUser();
        var binaries = PostgresBinaries.unpacked();
        var cluster = PostgresCluster.at(folder);
        awaitOrphan(cluster);
        cluster.create(binaries, asUser);
        var started = new EmbeddedPostgres(binaries, cluster, asUser, port == 0 ? Ports.free() : port, settings);
        started.createDatabase(DATABASE);
        return started;
    }

    /** PostgreSQL refuses to run as root. In a user namespace of its own, root is nobody and still owns its files. */
    private static List<String> asOrdinaryUser() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        try {
            var tried = new ProcessBuilder("unshare", "--user", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            if (await(tried) && tried.exitValue() == 0) {
                return List.of("unshare", "--user");
            }
        } catch (IOException e) {
            // reported below
        }
        throw new EmbeddedException(
                "PostgreSQL: does not run as root (expected: another user, or a kernel that permits user namespaces)");
    }

    /** Waits for a server whose owner was killed, because it ends a moment later. */
    private static void awaitOrphan(PostgresCluster cluster) {
        if (!Polling.upTo(STOP_TIMEOUT)
                .every(Duration.ofMillis(20))
                .until(() -> cluster.postmaster().isEmpty())) {
            throw new EmbeddedException(
                    "data: %s is in use by another PostgreSQL (expected: a folder of its own; stop that one first)"
                            .formatted(cluster.folder()));
        }
    }

    /** URL of the database {@code ipn}, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** The user that owns everything. */
    public String user() {
        return PostgresCluster.USER;
    }

    public String password() {
        return cluster.password();
    }

    /** File with the password. */
    public Path passwordFile() {
        return cluster.passwordFile();
    }

    /** Creates a database if it does not exist, and returns its URL. */
    public String createDatabase(String name) {
        if (!name.matches("[a-z0-9_]{1,60}")) {
            throw new IllegalArgumentException("name: " + name + " (expected: lower-case letters, digits and _)");
        }
        try (var connection = connect("postgres");
                var exists = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("CREATE DATABASE " + name);
            }
            return jdbcUrl(name);
        } catch (SQLException e) {
            throw new EmbeddedException("PostgreSQL: database %s cannot be created".formatted(name), e);
        }
    }

    /** SIGKILL for all its processes: nothing is flushed. */
    public void killHard() {
        cluster.postmaster().ifPresent(server -> {
            var all = new ArrayList<>(server.descendants().toList());
            all.add(server);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(each -> each.onExit().join());
        });
        await(process);
    }

    /** Stops it if it runs, and starts it again on the same data and port. */
    public void restart() {
        close();
        process = launch();
    }

    /** Stops it without waiting for its clients. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        if (!await(process)) {
            killHard();
        }
    }

    private Process launch() {
        try {
            var started = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(cluster.log().toFile()))
                    .start();
            awaitReady(started);
            return started;
        } catch (IOException e) {
            throw new EmbeddedException("sh: cannot be run (expected: Linux or macOS)", e);
        }
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of("sh", "-c", UNTIL_OWNER_ENDS, "sh"));
        command.addAll(asUser);
        command.addAll(
                List.of(binaries.program("postgres"), "-D", cluster.data().toString()));
        var all = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "port", Integer.toString(port),
                "unix_socket_directories", "",
                "max_connections", Integer.toString(CONNECTIONS_MAX),
                "shared_buffers", "64MB",
                "max_wal_size", "512MB",
                "jit", "off"));
        all.putAll(settings);
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private void awaitReady(Process started) {
        var ended = Polling.upTo(START_TIMEOUT)
                .every(Duration.ofMillis(10))
                .until(() -> !started.isAlive() || Ports.accepts(port) && answers());
        if (!ended || !started.isAlive()) {
            started.destroy();
            throw new EmbeddedException(
                    "PostgreSQL: did not start; the end of %s:%n  %s".formatted(cluster.log(), cluster.logTail()));
        }
    }

    private boolean answers() {
        try (var connection = connect("postgres")) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user(), password());
    }

    private static boolean await(Process process) {
        try {
            return process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("interrupted while waiting for PostgreSQL", e);
        }
    }
}
