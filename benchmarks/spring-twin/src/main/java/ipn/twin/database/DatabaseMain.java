package ipn.twin.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Starts a PostgreSQL server, and stops it when this program is stopped. PostgreSQL does not run as root; the library starts it in a user namespace of its own
 * ({@code unshare}) if this program does.
 */
public final class DatabaseMain {
    /** What it prints, with the process id, when the server accepts connections. */
    private static final String READY = "ready ";

    private DatabaseMain() {}

    /** @param arguments port, folder of the data, and {@code on} or {@code off} for writes that wait for the disk */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3) {
            System.err.println("arguments: PORT FOLDER on|off");
            System.exit(2);
        }
        var data = Path.of(arguments[1]);
        Files.createDirectories(data);
        // the library's own defaults are for tests, and lose commits when the machine stops
        EmbeddedPostgres.builder()
                .setPort(Integer.parseInt(arguments[0]))
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", arguments[2])
                .setServerConfig("synchronous_commit", arguments[2])
                .setServerConfig("max_connections", "50")
                .start();
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        System.out.println(READY + pid);
        new CountDownLatch(1).await();
    }
}
