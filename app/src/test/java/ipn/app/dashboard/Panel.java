package ipn.app.dashboard;

import java.util.List;

/**
 * One panel.
 *
 * @param unit as Grafana names it
 * @param alarm from this value on it is red; NaN: never
 * @param empty what it says without a value; empty: "No data"
 */
record Panel(String title, Kind kind, String unit, double alarm, String empty, List<Query> queries) {
    Panel {
        queries = List.copyOf(queries);
    }

    /** How it shows its queries. */
    enum Kind {
        LINES("timeseries", 8, 8),
        NUMBER("stat", 4, 4),
        /** 1 is good, 0 is bad. */
        YES_NO("stat", 4, 4),
        TABLE("table", 24, 6);

        private final String grafana;
        private final int width;
        private final int height;

        Kind(String grafana, int width, int height) {
            this.grafana = grafana;
            this.width = width;
            this.height = height;
        }

        String grafana() {
            return grafana;
        }

        int width() {
            return width;
        }

        int height() {
            return height;
        }
    }

    /** @param legend name of a series, with labels as {@code {{label}}} */
    record Query(String expression, String legend) {
        /** The same with another name before the labels. */
        Query named(String name) {
            return new Query(expression, legend.contains("{{") || legend.matches("p\\d+") ? name + " " + legend : name);
        }

        /** Only the series that are above 0: of many accounts or reasons, those with something to see. */
        Query above0() {
            return new Query(expression + " > 0", legend);
        }
    }

    static Panel lines(String title, String unit, Query... queries) {
        return new Panel(title, Kind.LINES, unit, Double.NaN, "", List.of(queries));
    }

    static Panel number(String title, String unit, double alarm, Query query) {
        return new Panel(title, Kind.NUMBER, unit, alarm, "", List.of(query));
    }

    static Panel yesNo(String title, Query query) {
        return new Panel(title, Kind.YES_NO, "none", Double.NaN, "", List.of(query));
    }

    static Panel table(String title, String unit, Query query) {
        return new Panel(title, Kind.TABLE, unit, Double.NaN, "", List.of(query));
    }

    /** The same with another text where there is no value. */
    Panel ifNone(String text) {
        return new Panel(title, kind, unit, alarm, text, queries);
    }
}
