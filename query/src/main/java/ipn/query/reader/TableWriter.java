package ipn.query.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.query.model.Change;
import ipn.query.model.Table;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes rows, many with one statement: PostgreSQL takes them as one JSON document and converts each value to the type of its column. A row is
 * replaced only by a later record, so it does no harm to read records again.
 */
final class TableWriter {
    private static final int ROWS_MAX = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Map<Table, String> upserts = new EnumMap<>(Table.class);

    TableWriter(Connection connection) throws SQLException {
        this.connection = connection;
        for (var table : Table.values()) {
            upserts.put(table, statement(table, columns(table)));
        }
    }

    /** The newest change of each key counts. */
    void write(List<Change> changes) throws SQLException {
        var newest = new EnumMap<Table, Map<List<String>, Change>>(Table.class);
        for (var change : changes) {
            newest.computeIfAbsent(change.table(), table -> new LinkedHashMap<>())
                    .put(change.key(), change);
        }
        for (var table : newest.entrySet()) {
            var rows = new ArrayList<ObjectNode>();
            var deleted = new ArrayList<String>();
            for (var change : table.getValue().values()) {
                var row = change.row();
                if (row == null) {
                    deleted.add(change.key().get(0));
                } else {
                    rows.add(row);
                }
            }
            delete(table.getKey(), deleted);
            for (var from = 0; from < rows.size(); from += ROWS_MAX) {
                upsert(table.getKey(), rows.subList(from, Math.min(rows.size(), from + ROWS_MAX)));
            }
        }
    }

    private void upsert(Table table, List<ObjectNode> rows) throws SQLException {
        try (var statement = connection.prepareStatement(upserts.get(table))) {
            statement.setString(1, JSON.writeValueAsString(rows));
            statement.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(Table table, List<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            var sql = "DELETE FROM %s WHERE %s = ANY (?)"
                    .formatted(table.sqlName(), table.key().get(0));
            try (var statement = connection.prepareStatement(sql)) {
                statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
                statement.executeUpdate();
            }
        }
    }

    private List<String> columns(Table table) throws SQLException {
        var columns = new ArrayList<String>();
        try (var found = connection.getMetaData().getColumns(null, connection.getSchema(), table.sqlName(), null)) {
            while (found.next()) {
                columns.add("\"" + found.getString("COLUMN_NAME") + "\"");
            }
        }
        return columns;
    }

    private static String statement(Table table, List<String> columns) {
        return """
                INSERT INTO %1$s AS known (%2$s)
                SELECT %2$s FROM json_populate_recordset(NULL::%1$s, ?::json)
                ON CONFLICT (%3$s) DO UPDATE SET (%2$s) = ROW (%4$s)
                WHERE known.record_partition <> excluded.record_partition OR known.record_offset < excluded.record_offset
                """.formatted(
                        table.sqlName(),
                        String.join(", ", columns),
                        String.join(", ", table.key()),
                        columns.stream().map(column -> "excluded." + column).collect(Collectors.joining(", ")));
    }
}
