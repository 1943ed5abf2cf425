package ipn.embedded;

import java.nio.file.Path;
import java.util.Map;

/** A process that starts PostgreSQL, prints its process id and waits until it is killed. */
final class OwnerOfPostgres {
    private OwnerOfPostgres() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedPostgres.start(Path.of(args[0]), 0, Map.of());
        System.out.println(
                PostgresCluster.at(Path.of(args[0])).postmaster().orElseThrow().pid());
        Thread.currentThread().join();
    }
}
