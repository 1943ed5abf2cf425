package ipn.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads rows as JSON objects, without columns that are null and without those that only the database needs. Values are parameters of prepared
 * statements, never part of their text.
 */
record Sql(Connection connection) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> INTERNAL = Set.of("ids", "words", "record_partition", "record_offset");

    /** @param select a SELECT; each row becomes an object with its columns */
    List<ObjectNode> rows(String select, List<String> values) throws SQLException {
        var sql = "SELECT json_strip_nulls(row_to_json(row)) FROM (" + select + ") row";
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            var found = new ArrayList<ObjectNode>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(object(rows.getString(1)));
                }
            }
            return found;
        }
    }

    private static ObjectNode object(String json) {
        try {
            return ((ObjectNode) JSON.readTree(json)).remove(INTERNAL);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
