package ipn.bench.dashboards;

import static ipn.bench.plot.Markup.escaped;

import ipn.bench.plot.Band;
import ipn.bench.plot.TimeChart;
import ipn.bench.plot.TimeChart.Plot;
import ipn.bench.results.Chart.Line;
import java.util.List;
import java.util.stream.Collectors;

/** Draws one panel. A panel without a value, or with a query that failed, says so. */
final class PanelHtml {
    private static final int COLUMN = 65;
    /** A row of the page and the gap below it. */
    private static final int ROW = 38;
    /** Gap, border, padding and title of a panel. */
    private static final int AROUND = 46;

    private final Window window;
    private final List<Band> marked;

    PanelHtml(Window window, List<Band> marked) {
        this.window = window;
        this.marked = List.copyOf(marked);
    }

    String html(Shown shown) {
        var place = shown.panel().place();
        return """
                <section class="%s" style="grid-column: %d / span %d; grid-row: %d / span %d" title="%s">
                <h2 title="%s">%s</h2>
                %s</section>
                """.formatted(
                        escaped(shown.panel().type()),
                        place.x() + 1,
                        place.width(),
                        place.y() + 1,
                        place.height(),
                        escaped(shown.panel().description()),
                        escaped(shown.panel().title()),
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
            case "table" -> TableHtml.of(shown);
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
                .mapToDouble(each -> each.series().largest())
                .reduce(0, Math::max);
        var place = shown.panel().place();
        var width = place.width() * COLUMN - 24;
        var legend = LegendHtml.of(shown, window, width);
        return TimeChart.svg(
                        width,
                        place.height() * ROW - AROUND - legend.height(),
                        new Plot(
                                window.from(),
                                window.to(),
                                1.5 * window.step(),
                                Units.base(look.unit(), largest),
                                lines,
                                marked,
                                look::text))
                + legend.html();
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
}
