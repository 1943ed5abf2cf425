package ipn.bench.plot;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.plot.Svg.Anchor;
import ipn.bench.results.Chart.Spacing;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Draws figures beside their goals, one bar each. All goals are at the same place: the length of a bar says how many times better the figure is than it must
 * be, whatever its unit, and whether a larger or a smaller value is better.
 */
public final class GoalBars {
    private static final int WIDTH = 860;
    private static final int LEFT = 20;
    private static final int RIGHT = 250;
    private static final int TOP = 78;
    private static final int ROW = 50;
    private static final String INK = "#24292f";
    private static final String GREY = "#57606a";
    private static final String FAINT = "#d8dee4";
    private static final String MISSED = "#d55e00";
    private static final String MET = "#56b4e9";
    private static final String AIM_REACHED = "#009e73";

    private GoalBars() {}

    /**
     * One bar.
     *
     * @param title what was measured
     * @param value a value with a goal
     */
    public record Bar(String title, String name, Figure.Value value, Goal goal) {
        private double times(double amount) {
            return goal.timesBetter(amount);
        }
    }

    /** The bars as SVG. */
    public static String svg(String title, List<Bar> bars) {
        var bottom = TOP + bars.size() * ROW;
        var svg = new Svg(WIDTH, bottom + 50);
        svg.boldText(LEFT, 26, 16, INK, title);
        legend(svg);
        var x = scale(bars);
        for (var tick : x.ticks()) {
            svg.line(x.position(tick), TOP, x.position(tick), bottom, FAINT, 1);
            svg.text(x.position(tick), bottom + 16, 11, Anchor.MIDDLE, GREY, Scale.label(tick));
        }
        svg.line(x.position(1), TOP, x.position(1), bottom, INK, 2);
        svg.text(x.position(1), TOP - 5, 12, Anchor.MIDDLE, INK, "must");
        for (var i = 0; i < bars.size(); i++) {
            draw(svg, x, bars.get(i), TOP + i * ROW);
        }
        svg.text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                bottom + 38,
                12,
                Anchor.MIDDLE,
                INK,
                "how many times better than it must be: median and range");
        return svg.image();
    }

    private static void legend(Svg svg) {
        var x = (double) LEFT;
        for (var verdict : Goal.Verdict.values()) {
            svg.rectangle(x, 40, 12, 12, colour(verdict));
            svg.text(x + 17, 50, 12, Anchor.START, INK, verdict.text());
            x += 100;
        }
        aim(svg, x + 6, 42);
        svg.text(x + 17, 50, 12, Anchor.START, INK, "aim");
    }

    private static void aim(Svg svg, double x, double y) {
        svg.polyline(List.of(new double[] {x - 5, y}, new double[] {x, y + 8}, new double[] {x + 5, y}), INK);
    }

    private static Scale scale(List<Bar> bars) {
        var values = bars.stream()
                .flatMapToDouble(bar -> DoubleStream.of(
                        bar.times(bar.value().spread().least()),
                        bar.times(bar.value().spread().most()),
                        bar.times(bar.goal().aim()),
                        0.5,
                        2))
                .map(times -> Math.min(100, Math.max(0.01, times)))
                .toArray();
        return Scale.over(Spacing.LOGARITHMIC, values, LEFT, WIDTH - RIGHT);
    }

    private static void draw(Svg svg, Scale x, Bar bar, double top) {
        var spread = bar.value().spread();
        var verdict = bar.goal().verdict(spread.median());
        var middle = top + 35;
        var at = position(x, bar.times(spread.median()));
        svg.rectangle(LEFT, middle - 8, Math.max(1, at - LEFT), 16, colour(verdict));
        if (spread.least() != spread.most()) {
            var low = position(x, bar.times(spread.least()));
            var high = position(x, bar.times(spread.most()));
            svg.line(low, middle, high, middle, INK, 1.5);
            svg.line(low, middle - 4, low, middle + 4, INK, 1.5);
            svg.line(high, middle - 4, high, middle + 4, INK, 1.5);
        }
        aim(svg, position(x, bar.times(bar.goal().aim())), middle - 17);
        // behind the text, so that lines of the grid do not cross it
        svg.rectangle(
                LEFT, top + 3, Math.min(WIDTH - RIGHT - LEFT, 7.0 * bar.name().length()), 15, "#ffffff");
        svg.text(LEFT, top + 15, 12, Anchor.START, INK, bar.name());
        svg.text(WIDTH - RIGHT + 16, top + 15, 11, Anchor.START, GREY, bar.title());
        svg.text(
                WIDTH - RIGHT + 16, top + 31, 12, Anchor.START, INK, bar.value().text());
        svg.text(
                WIDTH - RIGHT + 16, top + 45, 11, Anchor.START, GREY, bar.goal().text());
    }

    private static double position(Scale x, double times) {
        return x.position(Math.min(x.to(), Math.max(x.from(), times)));
    }

    private static String colour(Goal.Verdict verdict) {
        return switch (verdict) {
            case MISSED -> MISSED;
            case MET -> MET;
            case AIM_REACHED -> AIM_REACHED;
        };
    }
}
