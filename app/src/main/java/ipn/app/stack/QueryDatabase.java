package ipn.app.stack;

import ipn.app.IpnConfig;
import ipn.app.RunningStack.Postgres;
import ipn.embedded.EmbeddedException;
import ipn.embedded.EmbeddedPostgres;
import ipn.query.QuerySettings;
import ipn.settings.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The database of the query stage: that of the settings or, if they name none, an embedded PostgreSQL, which starts beside the other parts
 * because it takes some seconds.
 *
 * @param settings of the stage
 * @param embedded completes when it runs; empty: none is needed
 */
record QueryDatabase(QuerySettings settings, CompletableFuture<Optional<EmbeddedPostgres>> embedded)
        implements AutoCloseable {

    static QueryDatabase begin(StackPlan plan, IpnConfig config) {
        var needed = plan.stages().contains(Stage.QUERY)
                && config.query().database().jdbcUrl().isEmpty();
        return new QueryDatabase(
                config.query(),
                needed
                        ? CompletableFuture.supplyAsync(() -> Optional.of(EmbeddedPostgres.start(
                                plan.data().resolve("postgres"),
                                config.embedded().postgresPort(),
                                Map.of())))
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    /**
     * A database that runs.
     *
     * @param settings of the stage, with its address
     * @param embedded how others reach it; empty if it is not embedded
     */
    record Running(QuerySettings settings, Optional<Postgres> embedded) {}

    /**
     * Waits until it runs.
     *
     * @throws EmbeddedException if this machine cannot run an embedded one
     */
    Running await() {
        try {
            var postgres = embedded.join();
            return new Running(
                    postgres.map(started -> settings.at(
                                    started.jdbcUrl(),
                                    started.user(),
                                    new Secret(
                                            "file:" + started.passwordFile(),
                                            new Secret.Value(started.password()),
                                            Optional.empty())))
                            .orElse(settings),
                    postgres.map(started -> new Postgres(started.jdbcUrl(), started.user(), started.passwordFile())));
        } catch (CompletionException e) {
            if (e.getCause() instanceof EmbeddedException expected) {
                throw expected;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        embedded.exceptionally(failure -> Optional.empty()).join().ifPresent(EmbeddedPostgres::close);
    }
}
