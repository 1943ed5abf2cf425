package ipn.app;

import ipn.runtime.metrics.SeriesBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of {@code docs/reference-metrics-and-logs.md}, and metrics of a stage in the same form. */
final class MetricsReference {
    private static final Path PAGE = Path.of("..", "docs", "reference-metrics-and-logs.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    /** Labels of histograms in the Prometheus format. */
    private static final Set<String> OF_FORMAT = Set.of("le", "quantile");

    private MetricsReference() {}

    /**
     * One metric.
     *
     * @param type gauge, counter, timer or histogram
     */
    record Metric(String type, Set<String> labels) {}

    /** Documented metrics by name. */
    static Map<String, Metric> documented() throws IOException {
        var metrics = new TreeMap<String, Metric>();
        for (var row : metricRows()) {
            var cells = row.split("\\|");
            metrics.put(codes(cells[1]).iterator().next(), new Metric(cells[2].strip(), codes(cells[3])));
        }
        return metrics;
    }

    /** The rows of the page, in their order. */
    static List<String> metricRows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(MetricsReference::isMetric)
                .toList();
    }

    private static boolean isMetric(String line) {
        return line.matches("\\| `[a-z0-9]+(_[a-z0-9]+)+` \\|.*");
    }

    /** The rows as they must be. */
    static List<String> rowsOfCode() {
        return Arrays.stream(ipn.runtime.metrics.Metric.values())
                .map(metric -> "| `%s` | %s | %s | %s | %s |"
                        .formatted(
                                metric.series(),
                                metric.type().text(),
                                metric.labels().stream()
                                        .map(label -> "`" + label + "`")
                                        .collect(Collectors.joining(", ")),
                                SeriesBounds.of(metric).text(),
                                metric.help())
                        .replace("|  |", "| |"))
                .toList();
    }

    /** Of a process with all stages. */
    static String mostLines(int gateways, int accounts) {
        var most = Arrays.stream(ipn.runtime.metrics.Metric.values())
                .mapToLong(metric -> SeriesBounds.lines(metric, gateways, accounts))
                .sum();
        return String.format(
                Locale.ROOT, "At most %,d lines for %d gateways and %d accounts", most, gateways, accounts);
    }

    static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /** Writes the rows of the code in place of those of the page. */
    static void write() throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(PAGE));
        var first = IntStream.range(0, lines.size())
                .filter(at -> isMetric(lines.get(at)))
                .findFirst()
                .orElseThrow();
        lines.removeIf(MetricsReference::isMetric);
        lines.addAll(first, rowsOfCode());
        var text = String.join("\n", lines) + "\n";
        Files.writeString(
                PAGE, text.replaceFirst("At most [0-9,]+ lines for 14 gateways and 50 accounts", mostLines(14, 50)));
    }

    /** Documented log fields. */
    static Set<String> documentedFields() throws IOException {
        return rows("[a-zA-Z]+").stream()
                .map(row -> codes(row.split("\\|")[1]).iterator().next())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rows(String name) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| `" + name + "` \\|.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metrics in the text of {@code /metrics}, by name; the maximum of a timer belongs to it. */
    static Map<String, Metric> scraped(String text) {
        var types = TYPE.matcher(text)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        var metrics = new TreeMap<String, Metric>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                var stem = sample.group(1).replaceFirst("_(bucket|count|sum|max)$", "");
                var name = types.containsKey(stem) ? stem : sample.group(1);
                var type = types.getOrDefault(name, "");
                metrics.put(name, new Metric(type.equals("summary") ? "timer" : type, labels(sample.group(2))));
            }
        });
        return metrics;
    }

    private static Set<String> labels(@Nullable String text) {
        return text == null
                ? Set.of()
                : LABEL.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .filter(label -> !OF_FORMAT.contains(label))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
