package ipn.app.dashboard;

import java.util.List;

/**
 * One panel.
 *
 * @param kind {@code timeseries} or {@code stat}
 * @param unit as Grafana names it
 * @param alarm from this value on it is red; NaN: never
 */
record Panel(String title, String kind, String unit, double alarm, List<Query> queries) {
    Panel {
        queries = List.copyOf(queries);
    }

    /** @param legend name of a series, with labels as {@code {{label}}} */
    record Query(String expression, String legend) {}

    static Panel lines(String title, String unit, Query... queries) {
        return new Panel(title, "timeseries", unit, Double.NaN, List.of(queries));
    }

    static Panel number(String title, String unit, double alarm, Query... queries) {
        return new Panel(title, "stat", unit, alarm, List.of(queries));
    }
}
