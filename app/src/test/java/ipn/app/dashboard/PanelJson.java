package ipn.app.dashboard;

import static ipn.app.dashboard.Dashboard.SOURCE;
import static ipn.app.dashboard.Dashboard.object;

import ipn.app.dashboard.Panel.Kind;
import ipn.runtime.metrics.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A panel as Grafana imports it. */
final class PanelJson {
    /** Without a value where a line ended earlier: what is over must not look current. */
    private static final String AT_THE_END = "last";

    private PanelJson() {}

    static Map<String, Object> of(Panel panel, int id, Map<String, Object> position) {
        var json = object(
                "id", id,
                "type", panel.kind().grafana(),
                "title", panel.title(),
                "description", description(panel),
                "datasource", SOURCE,
                "gridPos", position,
                "fieldConfig",
                        object(
                                "defaults",
                                defaults(panel),
                                "overrides",
                                panel.kind() == Kind.TABLE ? AlertTable.overrides() : List.of()),
                "options", options(panel.kind()),
                "targets", targets(panel));
        if (panel.kind() == Kind.TABLE) {
            json.put("transformations", List.of(AlertTable.columns()));
        }
        return json;
    }

    /** What its metrics mean. */
    private static String description(Panel panel) {
        var all = panel.queries().stream().map(Panel.Query::expression).collect(Collectors.joining(" "));
        return Arrays.stream(Metric.values())
                .filter(metric -> all.matches("(?s).*\\b" + metric.series() + "(?:_bucket|_sum|_max)?\\b.*"))
                .map(metric ->
                        "%s: %s".formatted(metric.series(), metric.help().replaceAll(" \\(\\[runbook].*?\\)\\)", "")))
                .collect(Collectors.joining("\n\n"));
    }

    private static Map<String, Object> defaults(Panel panel) {
        var defaults = object("unit", panel.unit(), "thresholds", object("mode", "absolute", "steps", steps(panel)));
        if (!panel.empty().isEmpty()) {
            defaults.put("noValue", panel.empty());
        }
        if (panel.kind() == Kind.YES_NO) {
            defaults.put(
                    "mappings",
                    List.of(object(
                            "type",
                            "value",
                            "options",
                            object(
                                    "0", object("text", "NO", "color", "red", "index", 0),
                                    "1", object("text", "yes", "color", "green", "index", 1)))));
        }
        if (panel.kind() == Kind.LINES) {
            defaults.put("custom", object("axisSoftMin", 0));
        }
        return defaults;
    }

    private static List<Object> steps(Panel panel) {
        var steps = new ArrayList<Object>();
        steps.add(object("color", "green"));
        if (!Double.isNaN(panel.alarm())) {
            steps.add(object("color", "red", "value", panel.alarm()));
        }
        return steps;
    }

    private static Map<String, Object> options(Kind kind) {
        return switch (kind) {
            case LINES ->
                object(
                        "legend",
                        object("displayMode", "list", "placement", "bottom", "calcs", List.of(AT_THE_END)),
                        "tooltip",
                        object("mode", "multi"));
            case NUMBER, YES_NO ->
                object(
                        "colorMode",
                        "background",
                        "graphMode",
                        "none",
                        "reduceOptions",
                        object("calcs", List.of("lastNotNull")));
            case TABLE -> object("showHeader", true, "sortBy", AlertTable.order());
        };
    }

    /** A number and a table show what is now: the last value of a process that has ended is not. */
    private static List<Object> targets(Panel panel) {
        var targets = new ArrayList<Object>();
        for (var query : panel.queries()) {
            var target = object(
                    "refId", String.valueOf((char) ('A' + targets.size())),
                    "datasource", SOURCE,
                    "expr", query.expression(),
                    "legendFormat", query.legend());
            if (panel.kind() != Kind.LINES) {
                target.put("instant", true);
                target.put("range", false);
            }
            if (panel.kind() == Kind.TABLE) {
                target.put("format", "table");
            }
            targets.add(target);
        }
        return targets;
    }
}
