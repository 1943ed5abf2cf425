package ipn.bench.dashboards;

import static ipn.bench.plot.Markup.escaped;

import ipn.bench.dashboards.Shown.Named;
import ipn.bench.plot.Colours;
import ipn.bench.plot.TimeChart;
import ipn.bench.plot.TimeChart.Plot;
import ipn.bench.plot.TimeChart.Span;
import ipn.bench.results.Chart.Line;
import ipn.bench.results.Chart.Point;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws one panel. A panel without a value, or with a query that failed, says so. */
final class PanelHtml {
    private static final int COLUMN = 65;
    private static final int LEGEND_MAX = 8;
    private static final int CHART_HEIGHT = 190;
    private static final String METRIC_NAME = "__name__";
    /** The column of the number. */
    private static final String VALUE = "Value";

    private final Window window;
    private final List<Span> marked;

    PanelHtml(Window window, List<Span> marked) {
        this.window = window;
        this.marked = List.copyOf(marked);
    }

    String html(Shown shown) {
        var place = shown.panel().place();
        return """
                <section class="%s" style="grid-column: %d / span %d; grid-row: %d / span %d" title="%s">
                <h2>%s</h2>
                %s</section>
                """.formatted(
                        escaped(shown.panel().type()),
                        place.x() + 1,
                        place.width(),
                        place.y() + 1,
                        place.height(),
                        escaped(shown.panel().description()),
                        escaped(shown.panel().title()),
                        content(shown));
    }

    private String content(Shown shown) {
        if (!shown.failures().isEmpty()) {
            return shown.failures().stream()
                    .map(why -> "<p class=\"failed\">query failed: %s</p>\n".formatted(escaped(why)))
                    .collect(Collectors.joining());
        }
        if (!shown.hasValue()) {
            return "<p class=\"empty\">%s</p>%n".formatted(escaped(shown.panel().empty()));
        }
        return switch (shown.panel().type()) {
            case "timeseries" -> chart(shown);
            case "stat" -> numbers(shown);
            case "table" -> table(shown);
            default ->
                "<p class=\"failed\">a panel of an unknown type: %s</p>%n"
                        .formatted(escaped(shown.panel().type()));
        };
    }

    private String chart(Shown shown) {
        var look = shown.panel().look();
        var lines = shown.series().stream()
                .map(each -> new Line(each.name(), each.series().points()))
                .toList();
        var largest = shown.series().stream()
                .flatMap(each -> each.series().points().stream())
                .mapToDouble(Point::y)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        var width = shown.panel().place().width() * COLUMN - 24;
        return TimeChart.svg(
                        width,
                        CHART_HEIGHT,
                        new Plot(
                                window.from(),
                                window.to(),
                                1.5 * window.step(),
                                Units.base(look.unit(), largest),
                                lines,
                                marked,
                                look::text))
                + legend(shown);
    }

    private static String legend(Shown shown) {
        var all = shown.series();
        var names = IntStream.range(0, Math.min(all.size(), LEGEND_MAX))
                .mapToObj(i -> "<li><i style=\"background: %s\"></i>%s%s</li>%n"
                        .formatted(Colours.of(i), escaped(all.get(i).name()), last(shown, all.get(i))))
                .collect(Collectors.joining());
        var more = all.size() > LEGEND_MAX ? "<li>and %d more</li>%n".formatted(all.size() - LEGEND_MAX) : "";
        return "<ul>%n%s%s</ul>%n".formatted(names, more);
    }

    private static String last(Shown shown, Named named) {
        var last = named.series().last();
        return !shown.panel().last() || last.isEmpty()
                ? ""
                : " <b>%s</b>".formatted(escaped(shown.panel().look().text(last.getAsDouble())));
    }

    private static String numbers(Shown shown) {
        var look = shown.panel().look();
        var several = shown.series().size() > 1;
        return shown.series().stream()
                .filter(each -> each.series().last().isPresent())
                .map(each -> {
                    var value = each.series().last().getAsDouble();
                    return "<p class=\"number\" style=\"background: %s\"><b>%s</b>%s</p>%n"
                            .formatted(
                                    look.colour(value),
                                    escaped(look.text(value)),
                                    several ? " " + escaped(each.name()) : "");
                })
                .collect(Collectors.joining());
    }

    private static String table(Shown shown) {
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
                .map(each -> row(shown, each.series(), columns))
                .sorted()
                .collect(Collectors.joining());
        return "<table>%n<tr>%s</tr>%n%s</table>%n".formatted(headings, rows);
    }

    private static String row(Shown shown, Series series, List<String> columns) {
        var value = series.last();
        var last = value.isEmpty() ? "" : shown.panel().look().text(value.getAsDouble());
        return columns.stream()
                .map(column -> column.equals(VALUE) ? last : series.labels().getOrDefault(column, ""))
                .map(cell -> "<td>%s</td>".formatted(escaped(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }
}
