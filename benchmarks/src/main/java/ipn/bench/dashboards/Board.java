package ipn.bench.dashboards;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A dashboard as its file describes it, as far as it is drawn.
 *
 * @param name of the file, without its ending
 * @param variables what a query has in place of {@code $name}
 * @param marked query of the times that are marked in all charts; empty: none
 */
record Board(String name, String title, Map<String, String> variables, Optional<String> marked, List<Panel> panels) {
    Board {
        variables = Map.copyOf(variables);
        panels = List.copyOf(panels);
    }

    /**
     * One panel.
     *
     * @param type such as {@code timeseries}
     * @param empty what it says if there is no value
     * @param columns of a table
     * @param last whether the legend has the last value
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
     * How a table shows labels.
     *
     * @param order of columns; those without one come last
     * @param names in place of labels
     */
    record Columns(Set<String> hidden, Map<String, Integer> order, Map<String, String> names) {
        Columns {
            hidden = Set.copyOf(hidden);
            order = Map.copyOf(order);
            names = Map.copyOf(names);
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
