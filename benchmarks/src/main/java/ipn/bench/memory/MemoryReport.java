package ipn.bench.memory;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Spread;
import ipn.bench.results.Chart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of {@code bench memory}.
 *
 * @param startSeconds of each start of {@code ipn up}, the first with empty data
 * @param together memory of its processes, after no notification, and after each part of the load
 * @param separate the same of a pipeline with one JVM for each stage
 */
record MemoryReport(List<Double> startSeconds, List<Resident> together, List<Resident> separate) {
    private static final Goal READY = Goal.atMost(8, 8);
    private static final Goal RESIDENT = Goal.atMost(800, 800);
    private static final String UP = "ipn up";
    private static final String SEPARATE = "separate";

    List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        figures.add(
                Figure.named("seconds until ready, empty data").with(UP, Spread.over(startSeconds.subList(0, 1)), 1));
        if (startSeconds.size() > 1) {
            figures.add(Figure.named("seconds until ready")
                    .with(UP, Spread.over(startSeconds.subList(1, startSeconds.size())), 1)
                    .withGoal(UP, READY));
        }
        var end = last(together);
        var endSeparate = last(separate);
        figures.add(Figure.named("MiB resident in total when ready")
                .with(UP, single(together.get(0).totalMib()), 0)
                .with(SEPARATE, single(separate.get(0).totalMib()), 0));
        figures.add(Figure.named(String.format(
                        Locale.ROOT, "MiB resident in total after %,d notifications", end.notifications()))
                .with(UP, single(end.totalMib()), 0)
                .with(SEPARATE, single(endSeparate.totalMib()), 0)
                .withGoal(UP, RESIDENT));
        end.nowMib()
                .forEach((name, mib) ->
                        figures.add(Figure.named("MiB resident then: " + name).with(UP, single(mib), 0)));
        endSeparate
                .nowMib()
                .forEach((name, mib) -> figures.add(
                        Figure.named("MiB resident then: " + name + " alone").with(SEPARATE, single(mib), 0)));
        return figures;
    }

    private static Spread single(long value) {
        return Spread.over(List.of((double) value));
    }

    private static Resident last(List<Resident> all) {
        return all.get(all.size() - 1);
    }

    /** The memory over the number of notifications. */
    List<Chart> charts() {
        return List.of(new Chart(
                "Resident memory over notifications",
                new Chart.Axis("thousand notifications", Chart.Spacing.LINEAR),
                new Chart.Axis("MiB", Chart.Spacing.LINEAR),
                List.of(line("ipn up and its broker", together), line("stages, broker and registry", separate)),
                List.of()));
    }

    private static Chart.Line line(String label, List<Resident> residents) {
        return new Chart.Line(
                label,
                residents.stream()
                        .map(each -> new Chart.Point(each.notifications() / 1000.0, each.totalMib()))
                        .toList());
    }

    /** Everything that was measured. */
    Map<String, Object> detail() {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("startSeconds", startSeconds);
        detail.put("together", together);
        detail.put("separate", separate);
        return detail;
    }
}
