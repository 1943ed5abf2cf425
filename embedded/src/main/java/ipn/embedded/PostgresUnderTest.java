package ipn.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The PostgreSQL that tests run against: the real server, one for all tests of a JVM. It stops when the JVM ends.
 *
 * @param server without what protects data from a failing machine
 */
public record PostgresUnderTest(EmbeddedPostgres server) {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Initialized at the first use. */
    private static final class Shared {
        private static final PostgresUnderTest POSTGRES = start();
    }

    /** The one PostgreSQL of this JVM; the first call starts it. */
    public static PostgresUnderTest shared() {
        return Shared.POSTGRES;
    }

    /** Creates an empty database for a test class, and returns its URL. */
    public String createDatabase(Class<?> test) {
        var name = test.getSimpleName().toLowerCase(Locale.ROOT) + "_" + DATABASES.incrementAndGet();
        return server.createDatabase(name);
    }

    private static PostgresUnderTest start() {
        try {
            var folder = Files.createTempDirectory("postgres-under-test");
            var server = EmbeddedPostgres.start(folder, 0, Map.of("fsync", "off", "full_page_writes", "off"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> dispose(server, folder), "stop-postgres"));
            return new PostgresUnderTest(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dispose(EmbeddedPostgres server, Path folder) {
        server.killHard();
        try {
            PostgresBinaries.delete(folder);
        } catch (IOException e) {
            // it is in the folder for temporary files
        }
    }
}
