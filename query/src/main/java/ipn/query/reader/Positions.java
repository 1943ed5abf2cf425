package ipn.query.reader;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The table {@code inputs}: where the read model is in each partition. */
public final class Positions {
    private static final String UPSERT = "INSERT INTO inputs VALUES (?, ?, ?) "
            + "ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset";

    private Positions() {}

    /** The next offset of each partition that was read of. */
    public static Map<TopicPartition, Long> read(Connection connection) throws SQLException {
        var positions = new HashMap<TopicPartition, Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT topic, partition, next_offset FROM inputs")) {
            while (rows.next()) {
                positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return positions;
    }

    /** Writes those that differ from what was written before. */
    static void write(Connection connection, Map<TopicPartition, Long> positions, Map<TopicPartition, Long> before)
            throws SQLException {
        try (var statement = connection.prepareStatement(UPSERT)) {
            for (var position : positions.entrySet()) {
                if (!position.getValue().equals(before.get(position.getKey()))) {
                    statement.setString(1, position.getKey().topic());
                    statement.setInt(2, position.getKey().partition());
                    statement.setLong(3, position.getValue());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }
}
