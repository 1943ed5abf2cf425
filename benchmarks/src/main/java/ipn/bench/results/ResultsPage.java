package ipn.bench.results;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.plot.GoalBars;
import ipn.bench.plot.GoalBars.Bar;
import ipn.bench.plot.LineChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page of results in Markdown, and its plots. Everything in it comes from the results.
 *
 * @param sources the results by name of their files, without suffix, in the order of the page
 * @param folder of the plots and the JSON files, relative to the page
 */
record ResultsPage(Map<String, BenchResult> sources, String folder) {
    private static final String GOALS = "goals.svg";

    /** The plots by name of their files. */
    Map<String, String> plots() {
        var plots = new LinkedHashMap<String, String>();
        if (!bars().isEmpty()) {
            plots.put(GOALS, GoalBars.svg("Measured, beside what it must be", bars()));
        }
        sources.forEach((name, result) -> {
            for (var i = 0; i < result.charts().size(); i++) {
                plots.put(plotName(name, i), LineChart.svg(result.charts().get(i)));
            }
        });
        return plots;
    }

    private static String plotName(String source, int chart) {
        return "%s-%d.svg".formatted(source, chart + 1);
    }

    private List<Bar> bars() {
        var bars = new ArrayList<Bar>();
        sources.values()
                .forEach(result -> result.figures()
                        .forEach(figure -> figure.values().forEach(value -> {
                            var goal = value.goal();
                            if (goal != null) {
                                bars.add(new Bar(
                                        heading(result), "%s, %s".formatted(figure.name(), value.of()), value, goal));
                            }
                        })));
        return bars;
    }

    private static String heading(BenchResult result) {
        return "%s, Java %s".formatted(result.title(), result.run().java().split("[.+-]", 2)[0]);
    }

    String markdown() {
        var page = new ArrayList<String>();
        page.add("# Results");
        page.add("");
        page.add("`ipn bench report` generated this page from the files in [%s](%s), which the benchmarks wrote."
                .formatted(folder, folder));
        page.add(
                "[README.md](README.md) describes what each benchmark does. Ratios are of rounds that followed each other in one run;"
                        + " other figures depend on the machine.");
        page.add("");
        if (!bars().isEmpty()) {
            page.add("![Figures beside what they must be](%s/%s)".formatted(folder, GOALS));
            page.add("");
            page.addAll(goals());
            page.add("");
        }
        sources.forEach((name, result) -> page.addAll(section(name, result)));
        return String.join("\n", page).stripTrailing() + "\n";
    }

    private List<String> goals() {
        var rows = new ArrayList<String>();
        rows.add("| measured | figure | median (range) | goal | |");
        rows.add("|---|---|---|---|---|");
        for (var bar : bars()) {
            rows.add("| %s | %s | %s | %s | %s |"
                    .formatted(
                            cell(bar.title()),
                            cell(bar.name()),
                            bar.value().text(),
                            bar.goal().text(),
                            verdict(bar.value())));
        }
        return rows;
    }

    private static String verdict(Figure.Value value) {
        return value.verdict()
                .map(its -> its == Goal.Verdict.MISSED ? "**%s**".formatted(its.text()) : its.text())
                .orElse("");
    }

    private List<String> section(String name, BenchResult result) {
        var lines = new ArrayList<String>();
        lines.add("## " + heading(result));
        lines.add("");
        lines.add(result.description());
        lines.add("");
        lines.addAll(properties(name, result));
        lines.add("");
        for (var i = 0; i < result.charts().size(); i++) {
            lines.add("![%s](%s/%s)".formatted(result.charts().get(i).title(), folder, plotName(name, i)));
            lines.add("");
        }
        lines.addAll(table(result.figures()));
        lines.add("");
        return lines;
    }

    private List<String> properties(String name, BenchResult result) {
        var run = result.run();
        var options = result.options().entrySet().stream()
                .map(option -> "%s %s".formatted(option.getKey(), option.getValue()))
                .toList();
        return List.of(
                "- Commit %s, %s; [%s.json](%s/%s.json)"
                        .formatted(run.commit().isEmpty() ? "unknown" : run.commit(), run.date(), name, folder, name),
                "- JDK %s on %s, %s processors, %s MiB of memory, load average before the run %s"
                        .formatted(
                                run.java(),
                                run.os(),
                                Integer.toString(run.processors()),
                                String.format(Locale.ROOT, "%,d", run.memoryMib()),
                                run.loadAverage() < 0 ? "unknown" : Double.toString(run.loadAverage())),
                "- Options of `ipn bench %s`: %s".formatted(result.benchmark(), String.join(", ", options)),
                "- Differences from what was expected: %s"
                        .formatted(
                                result.differences().isEmpty()
                                        ? "none"
                                        : "**%d**"
                                                .formatted(result.differences().size())));
    }

    private static List<String> table(List<Figure> figures) {
        var columns = new LinkedHashSet<String>();
        figures.forEach(figure -> figure.values().forEach(value -> columns.add(value.of())));
        var rows = new ArrayList<String>();
        rows.add("| median (range) | %s |".formatted(String.join(" | ", columns)));
        rows.add("|---|" + "---|".repeat(columns.size()));
        for (var figure : figures) {
            var cells = columns.stream()
                    .map(column -> figure.value(column).map(Figure.Value::text).orElse(""))
                    .toList();
            rows.add("| %s | %s |".formatted(cell(figure.name()), String.join(" | ", cells)));
        }
        return rows;
    }

    private static String cell(String text) {
        return text.strip().replace("|", "\\|");
    }
}
