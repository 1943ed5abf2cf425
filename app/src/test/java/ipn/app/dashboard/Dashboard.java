package ipn.app.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One dashboard.
 *
 * @param file name without its ending
 * @param variable label whose values one can choose, with the metric that has them; empty: none
 */
record Dashboard(String file, String title, Map<String, String> variable, List<Panel> panels) {
    private static final int WIDTH = 24;
    static final Map<String, Object> SOURCE = object("type", "prometheus", "uid", "${source}");

    Dashboard {
        variable = Map.copyOf(variable);
        panels = List.copyOf(panels);
    }

    /** As Grafana imports it. */
    Map<String, Object> json() {
        return object(
                "uid",
                file,
                "title",
                "IPN: " + title,
                "tags",
                List.of("ipn"),
                "timezone",
                "browser",
                "schemaVersion",
                39,
                "refresh",
                "30s",
                "time",
                object("from", "now-6h", "to", "now"),
                "templating",
                object("list", variables()),
                "annotations",
                object("list", List.of(alerts("Pages", "page", "red"), alerts("Tickets", "ticket", "orange"))),
                "panels",
                laidOut());
    }

    private List<Object> variables() {
        var variables = new ArrayList<Object>();
        variables.add(object("name", "source", "label", "Prometheus", "type", "datasource", "query", "prometheus"));
        variable.forEach((label, metric) -> variables.add(object(
                "name",
                label,
                "type",
                "query",
                "datasource",
                SOURCE,
                "query",
                "label_values(%s, %s)".formatted(metric, label),
                "includeAll",
                true,
                "multi",
                true,
                "allValue",
                ".*",
                "refresh",
                2)));
        return variables;
    }

    /**
     * Marks the times at which alerts of a severity fire. Name and labels are joined to one label, because Grafana shows the name of a label
     * that an alert does not have.
     */
    private static Map<String, Object> alerts(String name, String severity, String colour) {
        return object(
                "name",
                name,
                "datasource",
                SOURCE,
                "enable",
                true,
                "iconColor",
                colour,
                "expr",
                "label_join(ALERTS{alertname=~\"Ipn.*\",alertstate=\"firing\",severity=\"%s\"}, \"title\", \" \", \"alertname\", %s)"
                        .formatted(
                                severity,
                                AlertTable.OF.stream()
                                        .map(label -> "\"" + label + "\"")
                                        .collect(Collectors.joining(", "))),
                "titleFormat",
                "{{title}}");
    }

    /** Numbers six in a row, lines three in a row, a table alone. */
    private List<Object> laidOut() {
        var all = new ArrayList<Object>();
        var x = 0;
        var y = 0;
        var rowHeight = 0;
        for (var panel : panels) {
            var width = panel.kind().width();
            var height = panel.kind().height();
            if (x + width > WIDTH || rowHeight != 0 && rowHeight != height) {
                x = 0;
                y += rowHeight;
            }
            rowHeight = height;
            all.add(PanelJson.of(panel, all.size() + 1, object("x", x, "y", y, "w", width, "h", height)));
            x += width;
        }
        return all;
    }

    /** Names and values in their order, so that the files change only where something changed. */
    static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }
}
