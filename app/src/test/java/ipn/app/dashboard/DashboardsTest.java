package ipn.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.runtime.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code deploy/dashboards} are those of the code; {@code -Ddashboards.write=true} writes them. */
class DashboardsTest {
    private static final Path FOLDER = Path.of("..", "deploy", "dashboards");
    private static final Pattern METRIC = Pattern.compile("\\b(?:ipn|jvm|process|system)_[a-z_0-9]+");
    private static final Pattern BY =
            Pattern.compile("by \\(([a-z_, ]+)\\) \\((?:rate\\(|increase\\()?((?:ipn|jvm)_[a-z_0-9]+)");
    /** Labels that Prometheus adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "le");

    static Stream<Dashboard> dashboards() {
        return Dashboards.all().stream();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void the_file_is_that_of_the_code(Dashboard dashboard) throws IOException {
        var file = FOLDER.resolve(dashboard.file() + ".json");
        if (Boolean.getBoolean("dashboards.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text(dashboard));
        }
        assertThat(file).hasContent(text(dashboard));
    }

    private static String text(Dashboard dashboard) throws IOException {
        var printer = new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return new ObjectMapper().writer(printer).writeValueAsString(dashboard.json()) + "\n";
    }

    @Test
    void there_is_no_other_file() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            dashboards().map(each -> each.file() + ".json").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void every_query_is_over_metrics_of_the_table_and_groups_by_their_labels(Dashboard dashboard) {
        for (var panel : dashboard.panels()) {
            assertThat(panel.queries()).as(panel.title()).isNotEmpty();
            for (var query : panel.queries()) {
                METRIC.matcher(query.expression())
                        .results()
                        .forEach(found -> assertThat(metric(found.group()))
                                .as(query.expression())
                                .isNotNull());
                BY.matcher(query.expression())
                        .results()
                        .forEach(found -> assertThat(labels(found.group(2)))
                                .as(query.expression())
                                .containsAll(Arrays.asList(found.group(1).split(", "))));
            }
        }
    }

    private static Set<String> labels(String series) {
        return Stream.concat(metric(series).labels().stream(), OF_PROMETHEUS.stream())
                .collect(Collectors.toSet());
    }

    private static Metric metric(String series) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.series().equals(series)
                        || metric.type().isTimer()
                                && series.replaceFirst("_(bucket|sum|count|max)$", "")
                                        .equals(metric.series()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + ": no such metric (expected: one of Metric)"));
    }

    @Test
    void every_metric_of_ours_is_on_a_dashboard_or_left_out_on_purpose() {
        var shown = dashboards()
                .flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .flatMap(query -> METRIC.matcher(query.expression()).results())
                .map(found -> metric(found.group()))
                .collect(Collectors.toSet());
        var missing = Arrays.stream(Metric.values())
                .filter(metric -> metric.series().startsWith("ipn_") && !shown.contains(metric))
                .map(Metric::series)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing)
                .containsExactly(
                        "ipn_processor_drift_failures_total",
                        "ipn_processor_facts_left_out_total",
                        "ipn_projector_apply_waiting",
                        "ipn_projector_due_most",
                        "ipn_stage_lag_read_seconds",
                        "ipn_traces_spans_total");
    }
}
