package ipn.bench.dashboards;

import ipn.bench.results.Chart.Point;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One series of an answer.
 *
 * @param points x in seconds since 1970
 */
record Series(Map<String, String> labels, List<Point> points) {
    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*([a-zA-Z_0-9]+)\\s*}}");
    private static final String NAME = "__name__";

    Series {
        labels = Map.copyOf(labels);
        points = List.copyOf(points);
    }

    /** Its name in the legend, as Grafana shows it. */
    String name(String legend) {
        if (!legend.isEmpty()) {
            return LABEL.matcher(legend)
                    .replaceAll(found -> Matcher.quoteReplacement(labels.getOrDefault(found.group(1), "")))
                    .strip();
        }
        var others = new TreeMap<>(labels);
        others.remove(NAME);
        return labels.getOrDefault(NAME, "")
                + others.entrySet().stream()
                        .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The value at the end of a time; empty if the series has ended before. */
    OptionalDouble at(Window window) {
        return points.stream()
                .filter(point -> point.x() > window.to() - window.step() && !Double.isNaN(point.y()))
                .mapToDouble(Point::y)
                .reduce((earlier, later) -> later);
    }

    /** Its largest value. */
    double largest() {
        return points.stream()
                .mapToDouble(Point::y)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** The newest value that is a number. */
    OptionalDouble last() {
        return points.stream()
                .mapToDouble(Point::y)
                .filter(value -> !Double.isNaN(value))
                .reduce((earlier, later) -> later);
    }
}
