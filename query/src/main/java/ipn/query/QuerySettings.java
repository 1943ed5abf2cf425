package ipn.query;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.query.conservation.ConservationSettings;
import ipn.query.database.DatabaseSettings;
import ipn.runtime.caller.ListenSettings;
import ipn.runtime.caller.Listener;
import ipn.settings.Secret;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.util.Set;

/**
 * The section {@code query} of the settings.
 *
 * @param indexed topics that are read besides those of the catalogue
 * @param conservation how much is checked while the pipeline works
 * @param products names of the products that are sold
 */
public record QuerySettings(
        ListenSettings listen,
        DatabaseSettings database,
        IndexedTopics indexed,
        ConservationSettings conservation,
        Set<String> products) {
    private static final Listener LISTENER = new Listener("query", 8085, 100);

    public QuerySettings {
        products = Set.copyOf(products);
    }

    /** Of stages with the usual application ids, which sell nothing. */
    public QuerySettings(ListenSettings listen, DatabaseSettings database) {
        this(listen, database, IndexedTopics.USUAL, ConservationSettings.USUAL, Set.of());
    }

    /** Reads section {@code query}. Without {@code jdbc-url} the stage cannot start; the embedded stack has a database of its own. */
    public static QuerySettings from(Settings settings) {
        var section = settings.in("query");
        section.ignore("url"); // how commands reach this stage
        section.ignore("token");
        return new QuerySettings(
                ListenSettings.from(settings, LISTENER),
                DatabaseSettings.from(section),
                IndexedTopics.from(settings),
                ConservationSettings.from(settings),
                Set.copyOf(settings.in("products").names()));
    }

    /** As {@link #from}; a missing {@code jdbc-url} is a problem. */
    public static QuerySettings withDatabase(Settings settings) {
        var unused = settings.in("query").required("jdbc-url", "jdbc:postgresql://host:5432/database");
        return from(settings);
    }

    /** The same with another database. */
    public QuerySettings at(String jdbcUrl, String user, Secret password) {
        return new QuerySettings(listen, database.at(jdbcUrl, user, password), indexed, conservation, products);
    }

    /** Starts the stage. */
    public QueryStage start(KafkaSettings kafka, MeterRegistry meters) {
        return QueryStage.start(this, kafka, meters, Clock.systemUTC());
    }
}
