package ipn.query.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** The read model's schema in PostgreSQL. It may be away: then each use fails, and a later one succeeds. */
public final class Database implements AutoCloseable {
    /** Everything of the read model is in this schema, and nothing else is. */
    public static final String SCHEMA = "ipn";

    /** The migration that creates the tables. */
    private static final String TABLES = "1";

    /** Connections besides those of answers: for the age, for numbers that are shown as metrics, and for readiness. */
    private static final int FOR_WATCHERS = 3;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(5);

    private final DatabaseSettings settings;
    private final HikariDataSource pool;

    private Database(DatabaseSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /** Opens the pool; connects with the first use. */
    public static Database open(DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("query");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(settings.properties("ipn-query"));
        config.addDataSourceProperty("options", "-c TimeZone=UTC -c statement_timeout=" + ANSWER_TIMEOUT.toMillis());
        config.setMaximumPoolSize(settings.connections() + FOR_WATCHERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(ANSWER_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1); // starts even while PostgreSQL is away
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ"); // one answer shows one state
        return new Database(settings, new HikariDataSource(config));
    }

    /** A connection that reads one state of the database. */
    public Connection read() throws SQLException {
        return pool.getConnection();
    }

    /** A connection of its own, for the one writer. */
    public Connection writer() throws SQLException {
        var properties = settings.properties("ipn-query-writer");
        properties.setProperty("socketTimeout", Long.toString(WRITE_TIMEOUT.toSeconds()));
        return DriverManager.getConnection(settings.url(), properties);
    }

    /** Creates the tables without the indexes that only questions need. Does nothing where they are. */
    public void createTables() {
        migrate(TABLES);
    }

    /**
     * Deletes tables that another version has made and this one cannot bring up to date: a migration that was applied is another one here, or unknown,
     * as after a return to an older release. Whoever writes to such tables may lose rows. A reader builds them again from the topics.
     *
     * @return what differs; empty where the tables can be brought up to date, or are not there yet
     */
    public Optional<String> dropIfOther() throws SQLException {
        var found = flyway("latest").validateWithResult();
        if (found.validationSuccessful) {
            return Optional.empty();
        }
        drop();
        return Optional.of(found.getAllErrorMessages());
    }

    /** Brings tables and indexes up to date. Indexes over many rows take minutes. */
    public void migrate() {
        migrate("latest");
    }

    private void migrate(String target) {
        var unused = flyway(target).migrate();
    }

    private Flyway flyway(String target) {
        var password = settings.password().map(secret -> secret.text()).orElse(null);
        return Flyway.configure(Database.class.getClassLoader())
                .dataSource(settings.url(), settings.user(), password)
                .locations("classpath:ipn/query/migration")
                .schemas(SCHEMA)
                .target(target)
                .ignoreMigrationPatterns("*:pending")
                .failOnMissingLocations(true)
                .loggers("slf4j")
                .load();
    }

    /** Deletes the schema with all that is in it. A reader that runs builds it again from the start. */
    public void drop() throws SQLException {
        try (var connection = writer();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
