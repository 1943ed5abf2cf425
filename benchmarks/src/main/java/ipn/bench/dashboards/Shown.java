package ipn.bench.dashboards;

import java.util.List;

/**
 * A panel with what Prometheus answered.
 *
 * @param series of all its queries, in their order
 * @param failures of queries, each with what Prometheus says
 */
record Shown(Board.Panel panel, List<Named> series, List<String> failures) {
    Shown {
        series = List.copyOf(series);
        failures = List.copyOf(failures);
    }

    /** A series with its name in the legend. */
    record Named(String name, Series series) {}

    /** Whether a query found a value. */
    boolean hasValue() {
        return series.stream().anyMatch(each -> each.series().last().isPresent());
    }
}
