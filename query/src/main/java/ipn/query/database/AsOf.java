package ipn.query.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Until when the read model is complete. Thread-safe. */
public final class AsOf {
    private volatile Optional<Instant> newest = Optional.empty();

    /** As the database says; empty while the tables are built for the first time. */
    public Optional<Instant> read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT as_of FROM progress")) {
            var found = rows.next() ? Optional.ofNullable(rows.getTimestamp(1)) : Optional.<Timestamp>empty();
            newest = found.map(Timestamp::toInstant);
            return newest;
        }
    }

    /** What was read last. */
    public Optional<Instant> newest() {
        return newest;
    }
}
