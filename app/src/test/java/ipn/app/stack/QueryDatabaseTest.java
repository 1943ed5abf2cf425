package ipn.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.embedded.EmbeddedException;
import ipn.query.QuerySettings;
import ipn.settings.Settings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QueryDatabaseTest {
    @Test
    void where_postgresql_cannot_run_the_reason_is_known_and_stopping_works() {
        var settings = QuerySettings.from(Settings.empty());
        var failed = new QueryDatabase(settings, CompletableFuture.supplyAsync(() -> {
            throw new EmbeddedException("PostgreSQL: does not run as root");
        }));

        assertThatThrownBy(failed::await)
                .isInstanceOf(EmbeddedException.class)
                .hasMessage("PostgreSQL: does not run as root");
        failed.close();
    }

    @Test
    void a_database_of_the_settings_is_used_as_it_is() {
        var settings = QuerySettings.from(Settings.parse("query: {jdbc-url: 'jdbc:postgresql://db/ipn'}"));
        var running = new QueryDatabase(settings, CompletableFuture.completedFuture(Optional.empty())).await();

        assertThat(running.settings()).isEqualTo(settings);
        assertThat(running.embedded()).isEmpty();
    }
}
