package ipn.bench.results;

import ipn.bench.results.Chart.Axis;
import ipn.bench.results.Chart.Line;
import ipn.bench.results.Chart.Point;
import ipn.bench.results.Chart.Spacing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Charts of latencies over percentiles. */
public final class LatencyCharts {
    private static final double MICROS_PER_MILLI = 1000;
    private static final List<Double> PERCENTILES = List.of(
            0.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 97.5, 99.0, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99, 99.995,
            99.999);

    private LatencyCharts() {}

    /**
     * One line for each histogram.
     *
     * @param micros by label; the order is kept
     */
    public static Chart percentiles(String title, Map<String, Histogram> micros) {
        var lines = new ArrayList<Line>();
        micros.forEach((label, histogram) -> lines.add(new Line(label, points(histogram))));
        return new Chart(
                title,
                new Axis("percentile", Spacing.PERCENTILES),
                new Axis("ms", Spacing.LOGARITHMIC),
                lines,
                List.of());
    }

    /** All values of some histograms. */
    public static Histogram sum(List<Histogram> all) {
        var sum = new Histogram(3);
        all.forEach(sum::add);
        return sum;
    }

    /** No percentile beyond which there are fewer than ten values: it would show single values. */
    private static List<Point> points(Histogram micros) {
        var most = 100 - 100.0 * 10 / Math.max(10, micros.getTotalCount());
        return PERCENTILES.stream()
                .filter(percentile -> percentile <= most)
                .map(percentile -> new Point(percentile, micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI))
                .toList();
    }
}
