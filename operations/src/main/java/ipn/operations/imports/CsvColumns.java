package ipn.operations.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The columns of a CSV file, named as fields of an object: {@code Current Period Start (UTC)} is {@code current_period_start_utc}, and
 * {@code user_id (metadata)} is the field {@code user_id} of {@code metadata}, with unchanged letters.
 */
record CsvColumns(List<Column> columns) {
    private static final Pattern WITHIN = Pattern.compile("(.+?)\\s*\\((metadata|custom_data|custom data)\\)");
    private static final Pattern PATH = Pattern.compile("(metadata|custom_data)[.\\[](.+?)]?");

    /** @param object that has the field; empty: the line itself */
    private record Column(String object, String field) {}

    static CsvColumns read(List<String> header) {
        return new CsvColumns(header.stream().map(CsvColumns::column).toList());
    }

    int width() {
        return columns.size();
    }

    private static Column column(String name) {
        var within = WITHIN.matcher(name.strip());
        if (within.matches()) {
            return new Column(within.group(2).replace(' ', '_'), within.group(1));
        }
        var path = PATH.matcher(name.strip());
        return path.matches() ? new Column(path.group(1), path.group(2)) : new Column("", field(name));
    }

    private static String field(String name) {
        return name.strip()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
    }

    /** The fields of one line; of several columns with one name, the first counts. */
    ObjectNode object(List<String> fields) {
        var root = JsonNodeFactory.instance.objectNode();
        for (var i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var object = column.object.isEmpty() ? root : root.withObject("/" + column.object);
            if (!object.has(column.field)) {
                object.put(column.field, fields.get(i));
            }
        }
        return root;
    }
}
