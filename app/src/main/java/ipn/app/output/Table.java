package ipn.app.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text table: headings and rows, each column as wide as its longest cell. In a narrower space, cells are wrapped at blanks; if that is not
 * enough, each row becomes a list of headings and cells, so that no id is cut or broken.
 */
public final class Table {
    private static final String GAP = "  ";
    /** With as many columns or fewer, headings are often cells: such a table is never turned into lists. */
    private static final int COLUMNS_OF_FACTS = 3;

    private static final int BROKEN_WIDTH_MIN = 10;

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<String> numbers = new HashSet<>();

    public Table(String... headings) {
        rows.add(Stream.of(headings).map(Printable::line).toList());
    }

    public Table row(Object... cells) {
        rows.add(Stream.of(cells).map(Object::toString).map(Printable::line).toList());
        return this;
    }

    /** Aligns the columns with these headings to the right. */
    public Table numbers(Collection<String> headings) {
        numbers.addAll(headings);
        return this;
    }

    /** The lines, headings first. */
    public List<String> lines() {
        return lines(Integer.MAX_VALUE);
    }

    /** The lines, none wider than this unless a single word is. A table that became lists has no line of headings. */
    public List<String> lines(int width) {
        var widths = widths(String::length);
        var few = widths.length <= COLUMNS_OF_FACTS;
        var least = few ? widths.clone() : widths(Table::longestWord);
        if (few) {
            least[least.length - 1] = BROKEN_WIDTH_MIN;
        }
        if (!few && total(least) > width) {
            return lists(width);
        }
        while (total(widths) > width && shrinkWidest(widths, least)) {
            // one character less each time
        }
        return rows.stream().flatMap(row -> wrapped(row, widths)).toList();
    }

    private interface Measure {
        int of(String cell);
    }

    private int[] widths(Measure measure) {
        var widths = new int[rows.get(0).size()];
        for (var row : rows) {
            for (var i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], measure.of(row.get(i)));
            }
        }
        return widths;
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ")).mapToInt(String::length).max().orElse(0);
    }

    private static boolean shrinkWidest(int[] widths, int[] least) {
        var widest = IntStream.range(0, widths.length)
                .filter(i -> widths[i] > least[i])
                .reduce((one, other) -> widths[other] > widths[one] ? other : one);
        widest.ifPresent(i -> widths[i]--);
        return widest.isPresent();
    }

    private Stream<String> wrapped(List<String> row, int[] widths) {
        var cells = IntStream.range(0, row.size())
                .mapToObj(i -> wrap(row.get(i), widths[i]))
                .toList();
        var height = cells.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height)
                .mapToObj(i -> line(
                        cells.stream()
                                .map(cell -> i < cell.size() ? cell.get(i) : "")
                                .toList(),
                        widths));
    }

    /** The parts of a cell: broken at blanks, and within a word that is wider than the column. */
    private static List<String> wrap(String cell, int width) {
        var parts = new ArrayList<String>();
        var left = cell;
        while (left.length() > width) {
            var blank = left.lastIndexOf(' ', width);
            var end = blank > 0 ? blank : width;
            parts.add(left.substring(0, end).stripTrailing());
            left = left.substring(end).stripLeading();
        }
        parts.add(left);
        return parts;
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

    /** Each row as lines of heading and cell; cells that are empty are left out. */
    private List<String> lists(int width) {
        var headings = rows.get(0);
        var indent = headings.stream().mapToInt(String::length).max().orElse(0) + GAP.length();
        var lines = new ArrayList<String>();
        for (var row : rows.subList(1, rows.size())) {
            for (var i = 0; i < row.size(); i++) {
                if (!row.get(i).isEmpty()) {
                    var heading = headings.get(i)
                            + " ".repeat(indent - headings.get(i).length());
                    for (var part : wrapAtBlanks(row.get(i), width - indent)) {
                        lines.add((heading + part).stripTrailing());
                        heading = " ".repeat(indent);
                    }
                }
            }
            lines.add("");
        }
        if (lines.isEmpty()) {
            return List.of(String.join(", ", headings));
        }
        return lines.subList(0, lines.size() - 1);
    }

    private static List<String> wrapAtBlanks(String cell, int width) {
        return longestWord(cell) > width ? List.of(cell) : wrap(cell, width);
    }
}
