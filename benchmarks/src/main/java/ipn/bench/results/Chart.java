package ipn.bench.results;

import java.util.List;

/**
 * A diagram of lines.
 *
 * @param markers values of x with a meaning, such as the begin of an overload
 */
public record Chart(String title, Axis x, Axis y, List<Line> lines, List<Marker> markers) {
    public Chart {
        lines = List.copyOf(lines);
        markers = List.copyOf(markers);
    }

    /** How values are spread over an axis. */
    public enum Spacing {
        LINEAR,
        LOGARITHMIC,
        /** Percentiles: 90, 99, 99.9 ... are at equal distances. */
        PERCENTILES
    }

    /** @param label with the unit */
    public record Axis(String label, Spacing spacing) {}

    public record Line(String label, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    public record Point(double x, double y) {}

    public record Marker(String label, double x) {}
}
