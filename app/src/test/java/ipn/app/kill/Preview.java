package ipn.app.kill;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code ipn policy diff} wrote.
 *
 * @param rows by subject, entitlement and scope
 * @param text what it printed
 */
record Preview(Map<String, Row> rows, String text) {
    /** @param money such as {@code 300 USD} */
    record Row(String change, String before, String after, String money) {}

    static Preview read(Path csv, String text) throws IOException {
        var rows = new HashMap<String, Row>();
        try (var reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
            for (var line : reader) {
                var scope = line.getField("scope");
                var key = line.getField("user") + "/" + line.getField("entitlement")
                        + (scope.isEmpty() ? "" : "/" + scope);
                var row = new Row(
                        line.getField("change"),
                        line.getField("before"),
                        line.getField("after"),
                        line.getField("money"));
                if (rows.put(key, row) != null) {
                    throw new AssertionError("user: %s twice".formatted(key));
                }
            }
        }
        return new Preview(rows, text);
    }

    /** The number in a sentence that it printed, such as {@code (\\d+) payment}. */
    long number(String sentence) {
        var found = java.util.regex.Pattern.compile(sentence).matcher(text);
        if (!found.find()) {
            throw new AssertionError("printed: %s (expected: %s)".formatted(text, sentence));
        }
        return Long.parseLong(found.group(1));
    }
}
