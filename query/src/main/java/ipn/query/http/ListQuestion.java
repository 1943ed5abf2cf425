package ipn.query.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page of a list.
 *
 * @param parameters checked, by name
 */
record ListQuestion(Listing listing, Map<String, String> parameters) implements Question {
    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";
    private static final String LIMIT_DEFAULT = "50";

    @Override
    public void answer(Sql sql, ObjectNode answer) throws SQLException {
        var limit = Integer.parseInt(parameters.getOrDefault(LIMIT, LIMIT_DEFAULT));
        var selected = listing.selected(parameters);
        var from = listing.rows(selected, parameters);
        var values = new ArrayList<>(selected.values());
        var cursor = parameters.get(CURSOR);
        if (cursor != null) {
            var after = Cursor.decode(cursor);
            from += " AND (%s, %s) < (?::timestamptz, ?::text)".formatted(listing.time(), listing.id());
            values.addAll(List.of(after.time(), after.id()));
        }
        // one row more than the page: whether there is a next one
        var rows = sql.rows(
                "SELECT * FROM %s ORDER BY %s DESC, %s DESC LIMIT %d"
                        .formatted(from, listing.time(), listing.id(), limit + 1),
                values);
        var page = answer.putArray(listing.name());
        rows.stream().limit(limit).forEach(page::add);
        if (rows.size() > limit) {
            var last = rows.get(limit - 1);
            answer.put("next", new Cursor(instant(last), last.path(listing.id()).asText()).encode());
        }
    }

    private String instant(ObjectNode row) {
        return row.path(listing.time()).asText().replace("+00:00", "Z");
    }
}
