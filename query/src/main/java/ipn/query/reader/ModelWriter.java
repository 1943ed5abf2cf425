package ipn.query.reader;

import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.query.model.Change;
import ipn.query.reader.Batch.Read;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the read model. It holds a lock of the database as long as its connection lives, and writes through this connection alone:
 * who has lost the lock cannot write any more.
 */
final class ModelWriter implements AutoCloseable {
    /** Of PostgreSQL's advisory locks, which count for one database: "ipn" in ASCII. */
    private static final long LOCK = 0x69706EL;

    private static final Logger LOG = LoggerFactory.getLogger(ModelWriter.class);

    private final Database database;
    private final Connection connection;
    private final TableWriter tables;
    private final Map<TopicPartition, Long> written;
    private boolean hasIndexes;

    private ModelWriter(Database database, Connection connection, boolean hasIndexes) throws SQLException {
        this.database = database;
        this.connection = connection;
        this.hasIndexes = hasIndexes;
        this.tables = new TableWriter(connection);
        this.written = new HashMap<>(Positions.read(connection));
        connection.commit();
    }

    /** Becomes the writer, and brings the tables up to date; empty while another process is the writer. */
    static Optional<ModelWriter> open(Database database) throws SQLException {
        var connection = database.writer();
        try {
            if (!locks(connection)) {
                connection.close();
                return Optional.empty();
            }
            database.dropIfOther()
                    .ifPresent(
                            difference -> LOG.atWarn()
                                    .addKeyValue("cause", difference)
                                    .log(
                                            "The tables of the read model are of another version; they are built again from the topics"));
            database.createTables();
            var isComplete = new AsOf().read(connection).isPresent();
            if (isComplete) {
                database.migrate();
            } else {
                mayLose(connection, true);
            }
            connection.setAutoCommit(false);
            return Optional.of(new ModelWriter(database, connection, isComplete));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean locks(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            // the lock of a machine that is gone is free after 25 s
            statement.execute(
                    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
            try (var result = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /**
     * Whether a crash of the server may lose the newest transactions. Nothing is lost by it for good: offsets go with the rows, and are read again.
     * But it may happen only while nobody is answered, because a later answer must not be older than an earlier one.
     */
    private static void mayLose(Connection connection, boolean may) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = " + (may ? "off" : "on"));
        }
    }

    /** Where the model is in each partition that it has read of. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(written);
    }

    /**
     * Writes rows, positions and time in one transaction. A record that the database refuses is noted as unreadable, and stops nothing. When the
     * tables are complete for the first time, makes the indexes before it says so.
     *
     * @return how many records could not be written or read
     */
    int write(Batch batch) throws SQLException {
        if (hasIndexes || batch.asOf().isEmpty()) {
            return writeAll(batch);
        }
        var unreadable = writeAll(new Batch(batch.records(), batch.positions(), Optional.empty(), batch.further()));
        LOG.info("The tables are filled; making their indexes, which takes minutes with millions of rows");
        database.migrate();
        LOG.info("The indexes are made; questions are answered");
        mayLose(connection, false);
        hasIndexes = true;
        var unused = writeAll(new Batch(List.of(), batch.positions(), batch.asOf(), batch.further()));
        return unreadable;
    }

    private int writeAll(Batch batch) throws SQLException {
        var records = batch.records();
        try {
            tables.write(changes(records));
        } catch (SQLException e) {
            connection.rollback();
            if (!isOfData(e)) {
                throw e;
            }
            records = writeEach(records);
        }
        var unreadable = noteUnreadable(records);
        Positions.write(connection, batch.positions(), written);
        if (batch.asOf().isPresent()) {
            try (var statement = connection.prepareStatement("UPDATE progress SET as_of = ?, further = ?")) {
                statement.setTimestamp(1, Timestamp.from(batch.asOf().get()));
                statement.setArray(
                        2, connection.createArrayOf("text", batch.further().toArray()));
                statement.executeUpdate();
            }
        }
        connection.commit();
        written.putAll(batch.positions());
        return unreadable;
    }

    private static List<Change> changes(List<Read> records) {
        return records.stream().flatMap(record -> record.changes().stream()).toList();
    }

    /** A value that no column can hold, a constraint, or a key too large for an index: the same at each try. */
    private static boolean isOfData(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    private List<Read> writeEach(List<Read> records) throws SQLException {
        var tried = new ArrayList<Read>();
        for (var record : records) {
            var before = connection.setSavepoint();
            try {
                tables.write(record.changes());
                connection.releaseSavepoint(before);
                tried.add(record);
            } catch (SQLException e) {
                if (!isOfData(e)) {
                    throw e;
                }
                connection.rollback(before);
                tried.add(record.failed("refused by the database: " + e.getSQLState()));
            }
        }
        return tried;
    }

    private int noteUnreadable(List<Read> records) throws SQLException {
        var failed =
                records.stream().filter(record -> record.error().isPresent()).toList();
        var sql = "INSERT INTO unreadable_records VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
        try (var statement = connection.prepareStatement(sql)) {
            for (var record : failed) {
                statement.setString(1, record.from().topic());
                statement.setInt(2, record.from().partition());
                statement.setLong(3, record.offset());
                statement.setString(4, record.error().orElse(""));
                statement.setTimestamp(5, Timestamp.from(record.at()));
                statement.addBatch();
            }
            if (!failed.isEmpty()) {
                statement.executeBatch();
            }
        }
        return failed.size();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
