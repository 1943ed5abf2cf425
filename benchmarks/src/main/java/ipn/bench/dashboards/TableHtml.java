package ipn.bench.dashboards;

import static ipn.bench.plot.Markup.escaped;

import ipn.bench.dashboards.Board.Sort;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws a table, with the order, names and texts of its file. */
final class TableHtml {
    private static final String METRIC_NAME = "__name__";
    /** The column of the number. */
    private static final String VALUE = "Value";

    private TableHtml() {}

    static String of(Shown shown) {
        var labels = new TreeSet<String>();
        shown.series().forEach(each -> labels.addAll(each.series().labels().keySet()));
        labels.remove(METRIC_NAME);
        labels.add(VALUE);
        var columns = shown.panel().columns().shown(labels);
        var headings = columns.stream()
                .map(column ->
                        "<th>%s</th>".formatted(escaped(shown.panel().columns().name(column))))
                .collect(Collectors.joining());
        var rows = shown.series().stream()
                .map(Shown.Named::series)
                .sorted(order(shown.panel().columns().sorted(), columns))
                .map(each -> row(shown, each, columns))
                .collect(Collectors.joining());
        return "<table>%n<tr>%s</tr>%n%s</table>%n".formatted(headings, rows);
    }

    /** That of the file, then by the columns from left to right. */
    private static Comparator<Series> order(List<Sort> sorted, List<String> columns) {
        return Stream.concat(
                        sorted.stream()
                                .map(sort ->
                                        sort.descending() ? by(sort.column()).reversed() : by(sort.column())),
                        columns.stream().map(TableHtml::by))
                .reduce(Comparator::thenComparing)
                .orElseGet(() -> by(VALUE));
    }

    private static Comparator<Series> by(String column) {
        return column.equals(VALUE)
                ? Comparator.comparingDouble(each -> each.last().orElse(Double.NEGATIVE_INFINITY))
                : Comparator.comparing(each -> each.labels().getOrDefault(column, ""));
    }

    private static String row(Shown shown, Series series, List<String> columns) {
        return columns.stream()
                .map(column -> column.equals(VALUE)
                        ? cell(shown, series)
                        : cell(
                                series.labels().getOrDefault(column, ""),
                                shown.panel().columns().texts().getOrDefault(column, Map.of())))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String cell(Shown shown, Series series) {
        var value = series.last();
        return "<td>%s</td>"
                .formatted(value.isEmpty() ? "" : escaped(shown.panel().look().text(value.getAsDouble())));
    }

    private static String cell(String value, Map<String, Look.Text> texts) {
        var known = Optional.ofNullable(texts.get(value));
        var text = known.map(Look.Text::text).filter(each -> !each.isEmpty()).orElse(value);
        var style = known.map(Look.Text::colour)
                .filter(colour -> !colour.isEmpty())
                .map(colour -> " style=\"color: %s; font-weight: bold\"".formatted(Look.css(colour)))
                .orElse("");
        return "<td%s>%s</td>".formatted(style, escaped(text));
    }
}
