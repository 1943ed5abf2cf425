package ipn.bench.plot;

import ipn.bench.plot.Svg.Anchor;
import ipn.bench.results.Chart;
import ipn.bench.results.Chart.Line;
import ipn.bench.results.Chart.Point;
import java.util.function.ToDoubleFunction;

/** Draws a chart. */
public final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 64;
    private static final int BOTTOM = 48;
    private static final String INK = "#24292f";
    private static final String FAINT = "#d8dee4";
    private static final String GREY = "#57606a";

    private final Chart chart;
    private final Svg svg = new Svg(WIDTH, HEIGHT);
    private final Scale x;
    private final Scale y;

    private LineChart(Chart chart) {
        this.chart = chart;
        x = Scale.over(chart.x().spacing(), values(Point::x), LEFT, WIDTH - RIGHT);
        y = Scale.over(chart.y().spacing(), values(Point::y), HEIGHT - BOTTOM, TOP);
    }

    /** The chart as SVG. */
    public static String svg(Chart chart) {
        return new LineChart(chart).draw();
    }

    private double[] values(ToDoubleFunction<Point> of) {
        return chart.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(of)
                .toArray();
    }

    private String draw() {
        svg.boldText(LEFT, 22, 15, INK, chart.title());
        axes();
        chart.markers().forEach(marker -> {
            var at = x.position(marker.x());
            svg.dashedLine(at, TOP, at, HEIGHT - BOTTOM, GREY);
            var left = at > (LEFT + 3.0 * WIDTH) / 4;
            svg.text(at + (left ? -4 : 4), TOP + 12, 11, left ? Anchor.END : Anchor.START, GREY, marker.label());
        });
        var legend = (double) LEFT;
        for (var i = 0; i < chart.lines().size(); i++) {
            var colour = Colours.of(i);
            var line = chart.lines().get(i);
            draw(line, colour);
            svg.line(legend, 40, legend + 18, 40, colour, 3);
            svg.text(legend + 23, 44, 12, Anchor.START, INK, line.label());
            legend += 45 + 6.6 * line.label().length();
        }
        return svg.image();
    }

    private void axes() {
        for (var tick : x.ticks()) {
            var at = x.position(tick);
            svg.line(at, TOP, at, HEIGHT - BOTTOM, FAINT, 1);
            svg.text(at, HEIGHT - BOTTOM + 16, 11, Anchor.MIDDLE, GREY, Scale.label(tick));
        }
        for (var tick : y.ticks()) {
            var at = y.position(tick);
            svg.line(LEFT, at, WIDTH - RIGHT, at, FAINT, 1);
            svg.text(LEFT - 6, at + 4, 11, Anchor.END, GREY, Scale.label(tick));
        }
        svg.text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 10,
                12,
                Anchor.MIDDLE,
                INK,
                chart.x().label());
        svg.text(LEFT - 6, TOP - 8, 12, Anchor.END, INK, chart.y().label());
    }

    private void draw(Line line, String colour) {
        var points = line.points().stream()
                .map(point -> new double[] {x.position(point.x()), y.position(point.y())})
                .toList();
        svg.polyline(points, colour);
        if (points.size() <= 30) {
            points.forEach(point -> svg.circle(point[0], point[1], 2.5, colour));
        }
    }
}
