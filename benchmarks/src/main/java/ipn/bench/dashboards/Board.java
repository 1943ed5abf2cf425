package ipn.bench.dashboards;

import ipn.bench.plot.Band.Level;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A dashboard as its file describes it, as far as it is drawn.
 *
 * @param name of the file, without its ending
 * @param variables what a query has in place of {@code $name}
 * @param marks times that are marked in all charts
 */
record Board(String name, String title, Map<String, String> variables, List<Mark> marks, List<Panel> panels) {
    Board {
        variables = Map.copyOf(variables);
        marks = List.copyOf(marks);
        panels = List.copyOf(panels);
    }

    /**
     * One panel.
     *
     * @param type such as {@code timeseries}
     * @param empty what it says if there is no value
     * @param columns of a table
     * @param last whether the legend has the value at the end
     */
    record Panel(
            String type,
            String title,
            String description,
            Place place,
            Look look,
            String empty,
            Columns columns,
            boolean last,
            List<Target> targets) {
        Panel {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Times at which alerts of a severity fire.
     *
     * @param expression its series have values at these times
     * @param title with labels as {@code {{label}}}
     */
    record Mark(Level level, String expression, String title) {}

    /**
     * How a table shows labels.
     *
     * @param order of columns; those without one come last
     * @param names in place of labels
     * @param texts in place of values of a label
     * @param sorted by which columns, the first one first
     */
    record Columns(
            Set<String> hidden,
            Map<String, Integer> order,
            Map<String, String> names,
            Map<String, Map<String, Look.Text>> texts,
            List<Sort> sorted) {
        Columns {
            hidden = Set.copyOf(hidden);
            order = Map.copyOf(order);
            names = Map.copyOf(names);
            texts = Map.copyOf(texts);
            sorted = List.copyOf(sorted);
        }

        /** Those of some labels that are shown, in their order. */
        List<String> shown(Collection<String> labels) {
            return labels.stream()
                    .filter(label -> !hidden.contains(label))
                    .sorted(Comparator.comparingInt((String label) -> order.getOrDefault(label, Integer.MAX_VALUE))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }

        String name(String label) {
            return names.getOrDefault(label, label);
        }
    }

    /** @param column a label, or {@code Value} */
    record Sort(String column, boolean descending) {}

    /** Where it is in a grid of 24 columns. */
    record Place(int x, int y, int width, int height) {}

    /**
     * A query.
     *
     * @param legend with labels as {@code {{label}}}; empty: all labels
     * @param instant it asks for the value at the end only
     */
    record Target(String expression, String legend, boolean instant) {}
}
