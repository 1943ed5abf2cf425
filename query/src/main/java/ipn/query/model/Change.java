package ipn.query.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row that a record writes or deletes.
 *
 * @param key values of the primary key, as text
 * @param row names and values of columns; null: the row is deleted
 */
public record Change(
        Table table, List<String> key, @Nullable ObjectNode row) {
    public Change {
        key = List.copyOf(key);
    }

    /** A row with what a record says, and its place. */
    public static Change write(Table table, ObjectNode row, Place place) {
        var placed = place.addTo(row);
        var key =
                table.key().stream().map(column -> placed.path(column).asText()).toList();
        return new Change(table, key, placed);
    }

    /** The row of a key that a record without a value withdraws. */
    public static Change delete(Table table, Place place) {
        return new Change(table, List.of(AvroJson.clean(place.key())), null);
    }
}
