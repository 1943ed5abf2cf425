package ipn.query;

import ipn.embedded.PostgresUnderTest;
import ipn.polling.Polling;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.query.database.DatabaseSettings;
import ipn.query.model.Table;
import ipn.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database of a test's own on the real server, seen from outside.
 *
 * @param settings to reach it
 * @param database opened with them
 */
public record ReadModel(DatabaseSettings settings, Database database) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static ReadModel create(Class<?> test) {
        var postgres = PostgresUnderTest.shared();
        var settings = new DatabaseSettings(
                Optional.of(postgres.createDatabase(test)),
                postgres.server().user(),
                Optional.of(
                        new Secret("test", new Secret.Value(postgres.server().password()), Optional.empty())),
                4);
        return new ReadModel(settings, Database.open(settings));
    }

    /** Waits until the model says that it has everything that is committed by now. */
    public void awaitComplete() {
        var now = Instant.now();
        var complete =
                Polling.upTo(PATIENCE).until(() -> asOf().filter(now::isBefore).isPresent());
        if (!complete) {
            throw new AssertionError("as of " + asOf() + ", not after " + now);
        }
    }

    public Optional<Instant> asOf() {
        try (var connection = database.read()) {
            var asOf = new AsOf().read(connection);
            connection.rollback();
            return asOf;
        } catch (SQLException e) {
            return Optional.empty(); // there is no table yet, or the server is away
        }
    }

    /** Every row of every table, as JSON, in the order of the keys. */
    public Map<String, List<String>> rows() {
        var all = new TreeMap<String, List<String>>();
        var tables = Arrays.stream(Table.values())
                .collect(Collectors.toMap(Table::sqlName, table -> String.join(", ", table.key())));
        tables.put("inputs", "topic, partition");
        tables.put("unreadable_records", "topic, partition, \"offset\"");
        tables.forEach((name, order) ->
                all.put(name, query("SELECT row_to_json(row) FROM %s row ORDER BY %s".formatted(name, order))));
        return all;
    }

    /** The first column of each row. */
    public List<String> query(String sql) {
        try (var connection = database.read();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            connection.rollback();
            return found;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Changes tables as no stage does. */
    public void execute(String sql) throws SQLException {
        try (var connection = database.writer();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends the writer's connection on the server's side, at whatever it is doing. */
    public void cutWriter() throws SQLException {
        try (Connection connection = database.writer();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND datname = current_database() AND application_name = 'ipn-query-writer'");
        }
    }

    /** Columns of a table. */
    public Stream<String> columns(Table table) {
        return query(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'ipn' AND table_name = '%s'"
                        .formatted(table.sqlName()))
                .stream();
    }

    @Override
    public void close() {
        database.close();
    }
}
