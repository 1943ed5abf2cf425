package ipn.app.output;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A text table: headings and rows, each column as wide as its longest cell. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<String> numbers = new HashSet<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    public Table row(Object... cells) {
        rows.add(Stream.of(cells).map(Object::toString).toList());
        return this;
    }

    /** Aligns the columns with these headings to the right. */
    public Table numbers(Collection<String> headings) {
        numbers.addAll(headings);
        return this;
    }

    /** The lines, headings first. */
    public List<String> lines() {
        var widths = new int[rows.get(0).size()];
        for (var row : rows) {
            for (var i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var i = 0; i < row.size(); i++) {
            var cell = row.get(i);
            var blanks = " ".repeat(widths[i] - cell.length());
            line.append(numbers.contains(rows.get(0).get(i)) ? blanks + cell : cell + blanks)
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
