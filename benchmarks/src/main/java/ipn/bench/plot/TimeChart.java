package ipn.bench.plot;

import ipn.bench.plot.BandNames.Name;
import ipn.bench.plot.Svg.Anchor;
import ipn.bench.results.Chart.Line;
import ipn.bench.results.Chart.Point;
import ipn.bench.results.Chart.Spacing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.LongStream;

/** Draws lines over time, as a dashboard shows them: without a title and a legend, which the page has beside it. */
public final class TimeChart {
    private static final int LEFT = 74;
    private static final int RIGHT = 20;
    private static final int TOP = 8;
    private static final int BOTTOM = 22;
    private static final int TICKS_MAX = 7;
    private static final long[] STEPS = {15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400};
    private static final String FAINT = "#d8dee4";
    private static final String GREY = "#57606a";
    private static final int BAND_MIN = 2;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Plot plot;
    private final int width;
    private final int height;
    private final Svg svg;
    private final List<Name> names;
    private final int top;
    private final Scale y;

    /**
     * What is drawn.
     *
     * @param from the begin of the axis, in seconds since 1970, as every x
     * @param gap with more time between two points, they are not connected
     * @param base the numbers of the axis are round multiples of it, such as 60 for minutes
     * @param marked times with a background of their own, and with their names above the lines
     * @param label text of a value, with its unit
     */
    public record Plot(
            long from,
            long to,
            double gap,
            double base,
            List<Line> lines,
            List<Band> marked,
            DoubleFunction<String> label) {
        public Plot {
            lines = List.copyOf(lines);
            marked = List.copyOf(marked);
        }
    }

    private TimeChart(int width, int height, Plot plot) {
        this.plot = plot;
        this.width = width;
        this.height = height;
        svg = new Svg(width, height);
        var values = plot.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::y)
                .filter(Double::isFinite)
                .map(value -> value / plot.base())
                .toArray();
        names = BandNames.placed(plot.marked(), this::x, LEFT, (double) width - RIGHT);
        top = TOP + BandNames.height(names);
        y = Scale.over(Spacing.LINEAR, values, height - BOTTOM, top);
    }

    /** The chart as SVG; the colours of its lines are {@link Colours}. */
    public static String svg(int width, int height, Plot plot) {
        return new TimeChart(width, height, plot).draw();
    }

    private String draw() {
        bands();
        axes();
        for (var i = 0; i < plot.lines().size(); i++) {
            draw(plot.lines().get(i), Colours.of(i));
        }
        return svg.image();
    }

    private void bands() {
        for (var part : BandParts.of(plot.marked())) {
            var left = x(Math.max(plot.from(), part.from()));
            svg.rectangle(
                    left,
                    TOP,
                    Math.max(BAND_MIN, x(Math.min(plot.to(), part.to())) - left),
                    height - BOTTOM - TOP,
                    part.level().fill(),
                    part.text());
        }
        for (var name : names) {
            var bottom = TOP + (name.row() + 1) * BandNames.ROW - 3;
            svg.text(
                    name.x(),
                    bottom - 2,
                    BandNames.FONT,
                    Anchor.START,
                    name.level().ink(),
                    name.text());
            name.bars()
                    .forEach(bar -> svg.line(
                            bar.from(), bottom, bar.to(), bottom, name.level().ink(), 2));
        }
    }

    private double x(double time) {
        var share = (time - plot.from()) / Math.max(1, plot.to() - plot.from());
        return LEFT + share * (width - LEFT - RIGHT);
    }

    private void axes() {
        var step = step();
        var clock = step < 60 ? SECONDS : CLOCK;
        for (var tick : times(step).toArray()) {
            svg.line(x(tick), top, x(tick), height - BOTTOM, FAINT, 1);
            svg.text(x(tick), height - 6, 11, Anchor.MIDDLE, GREY, clock.format(Instant.ofEpochSecond(tick)));
        }
        for (var tick : y.ticks()) {
            svg.line(LEFT, y.position(tick), width - RIGHT, y.position(tick), FAINT, 1);
            svg.text(
                    LEFT - 6,
                    y.position(tick) + 4,
                    11,
                    Anchor.END,
                    GREY,
                    plot.label().apply(tick * plot.base()));
        }
    }

    private long step() {
        return LongStream.of(STEPS)
                .filter(step -> (plot.to() - plot.from()) / step <= TICKS_MAX)
                .findFirst()
                .orElse(Math.max(1, (plot.to() - plot.from()) / TICKS_MAX));
    }

    private LongStream times(long step) {
        var first = -Math.floorDiv(-plot.from(), step) * step;
        return LongStream.iterate(first, time -> time <= plot.to(), time -> time + step);
    }

    private void draw(Line line, String colour) {
        for (var part : parts(line.points())) {
            var points = part.stream()
                    .map(point -> new double[] {x(point.x()), height(point.y())})
                    .toList();
            if (points.size() == 1) {
                svg.circle(points.get(0)[0], points.get(0)[1], 2.5, colour);
            } else {
                svg.polyline(points, colour);
            }
        }
    }

    /** Within the chart, whatever the value. */
    private double height(double value) {
        return Math.max(top, Math.min(height - BOTTOM, y.position(value / plot.base())));
    }

    /** The points that are connected. */
    private List<List<Point>> parts(List<Point> points) {
        var parts = new ArrayList<List<Point>>();
        var last = Double.NEGATIVE_INFINITY;
        for (var point : points) {
            if (Double.isFinite(point.y())) {
                if (point.x() - last > plot.gap()) {
                    parts.add(new ArrayList<>());
                }
                parts.get(parts.size() - 1).add(point);
                last = point.x();
            }
        }
        return parts;
    }
}
