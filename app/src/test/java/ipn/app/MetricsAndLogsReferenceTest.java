package ipn.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the reference of metrics and log fields with the sources of every room. */
class MetricsAndLogsReferenceTest {
    private static final Pattern METER = Pattern.compile(
            "(Counter|Gauge|Timer|DistributionSummary|TimeGauge)\\s*\\.builder\\(|(meters|registry)\\.(counter|gauge|timer|summary|more)\\(");
    private static final Pattern FIELD = Pattern.compile("\\.addKeyValue\\(\\s*\"(\\w+)\"");

    private static final String SOURCES = sources();

    private static String sources() {
        try (var rooms = Files.newDirectoryStream(Path.of(".."), path -> !path.endsWith("benchmarks"))) {
            var all = new StringBuilder();
            for (var room : rooms) {
                all.append(sourcesOf(room.resolve(Path.of("src", "main", "java"))));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sourcesOf(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(MetricsAndLogsReferenceTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code -Dreference.write=true} writes the table of metrics into the page. */
    @Test
    void the_table_of_metrics_is_that_of_the_code() throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            MetricsReference.write();
        }
        assertThat(MetricsReference.metricRows()).isEqualTo(MetricsReference.rowsOfCode());
        assertThat(MetricsReference.page()).contains(MetricsReference.mostLines(14, 50));
    }

    @Test
    void every_meter_is_of_the_table() {
        assertThat(METER.matcher(SOURCES.replace(tableItself(), "")).results().map(MatchResult::group))
                .isEmpty();
    }

    private static String tableItself() {
        return read(Path.of("..", "runtime", "src", "main", "java", "ipn", "runtime", "metrics", "Metric.java"));
    }

    @Test
    void every_log_field_of_the_code_is_documented_and_no_other() throws IOException {
        Set<String> fields = FIELD.matcher(SOURCES)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(fields).hasSizeGreaterThan(20);
        assertThat(MetricsReference.documentedFields()).isEqualTo(fields);
    }

    @Test
    void a_field_name_is_always_a_literal() {
        var calls =
                Pattern.compile("\\.addKeyValue\\(").matcher(SOURCES).results().count();
        assertThat(FIELD.matcher(SOURCES).results().count()).isEqualTo(calls);
    }
}
