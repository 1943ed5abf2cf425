package ipn.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Spread;
import ipn.bench.results.Chart.Axis;
import ipn.bench.results.Chart.Line;
import ipn.bench.results.Chart.Point;
import ipn.bench.results.Chart.Spacing;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ResultsPageTest {
    private static final BenchResult RESULT = new BenchResult(
            "example",
            "Example <1>",
            "What was compared.",
            new RunInfo("1.0", "abcdef", "2026-12-01T00:00:00Z", "17.0.15+6", "Linux amd64", 2, 24_000, 0.5),
            Map.of("pairs", 5),
            List.of(
                    Figure.named("per second")
                            .with("a", new Spread(40, 30, 50), 0)
                            .withRatio("a", "b", new Spread(0.5, 0.4, 0.6))
                            .withGoal("a : b", Goal.atLeast(0.7, 0.9)),
                    Figure.named("ms, p99").with("a", new Spread(2, 2, 2), 1)),
            List.of(new Chart(
                    "Latency & more",
                    new Axis("percentile", Spacing.PERCENTILES),
                    new Axis("ms", Spacing.LOGARITHMIC),
                    List.of(new Line("a", List.of(new Point(0, 1), new Point(99, 20)))),
                    List.of())),
            Map.of("rounds", List.of(1, 2)),
            List.of("one call is lost"));

    @TempDir
    Path folder;

    @Test
    void a_result_is_the_same_after_it_was_written_and_read() throws IOException {
        RESULT.write(folder.resolve("new").resolve("example.json"));

        assertThat(BenchResult.read(folder.resolve("new").resolve("example.json")))
                .isEqualTo(RESULT);
    }

    @Test
    void the_page_says_what_was_measured_with_what() {
        assertThat(page().markdown())
                .contains("## Example <1>, Java 17", "What was compared.")
                .contains("Commit abcdef, 2026-12-01T00:00:00Z; [example.json](results/example.json)")
                .contains(
                        "JDK 17.0.15+6 on Linux amd64, 2 processors, 24,000 MiB of memory, load average before the run 0.5")
                .contains("Options of `ipn bench example`: pairs 5")
                .contains("Differences from what was expected: **1**");
    }

    @Test
    void the_page_has_all_figures_and_what_became_of_goals() {
        assertThat(page().markdown())
                .contains("| median (range) | a | a : b |")
                .contains("| per second | 40 (30 to 50) | 0.50 (0.40 to 0.60) |")
                .contains("| ms, p99 | 2.0 |  |")
                .contains(
                        "| Example <1>, Java 17 | per second, a : b | 0.50 (0.40 to 0.60) | must be at least 0.7, aim 0.9 | **missed** |");
    }

    @Test
    void each_plot_of_the_page_is_well_formed() throws Exception {
        assertThat(page().plots()).containsOnlyKeys("goals.svg", "example-1.svg");
        for (var plot : page().plots().entrySet()) {
            assertThat(page().markdown()).contains("(results/%s)".formatted(plot.getKey()));
            var root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(plot.getValue())))
                    .getDocumentElement();
            assertThat(root.getTagName()).isEqualTo("svg");
        }
        assertThat(page().plots().get("example-1.svg")).contains("Latency &amp; more");
        assertThat(page().plots().get("goals.svg")).contains("must be at least 0.7, aim 0.9");
    }

    private static ResultsPage page() {
        return new ResultsPage(Map.of("example", RESULT), "results");
    }
}
