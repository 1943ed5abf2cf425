package ipn.app.dashboard;

import static ipn.app.dashboard.Dashboard.object;

import ipn.app.dashboard.Panel.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of alerts that fire: pages first, then those that fire longest, each with the runbook to open. */
final class AlertTable {
    private static final String ALERT = "alertname";
    private static final String SEVERITY = "severity";
    private static final String RUNBOOK = "runbook";
    private static final String FOR = "for";
    /** Labels that say of what an alert is, in the order of columns. */
    static final List<String> OF = List.of("gateway", "account", "stage", "type", "reason", "outcome", "kind", "key");

    private AlertTable() {}

    /** The column of runbooks has the name of the alert, in place of which Grafana shows the runbook. */
    static Query query() {
        return new Query(
                "label_replace(time() - min by (alertname, severity, %s) (ALERTS_FOR_STATE{alertname=~\"Ipn.*\"}"
                                .formatted(String.join(", ", OF))
                        + " and ignoring (alertstate) ALERTS{alertname=~\"Ipn.*\",alertstate=\"firing\"}),"
                        + " \"runbook\", \"$1\", \"alertname\", \"(.*)\")",
                "all");
    }

    static Map<String, Object> columns() {
        var order = object(ALERT, 0, SEVERITY, 1, "Value", 2, RUNBOOK, 3);
        OF.forEach(label -> order.put(label, order.size()));
        return object(
                "id",
                "organize",
                "options",
                object(
                        "excludeByName",
                        object("Time", true),
                        "indexByName",
                        order,
                        "renameByName",
                        object(ALERT, "alert", "Value", FOR)));
    }

    /** "page" is before "ticket" in the alphabet. */
    static List<Object> order() {
        return List.of(object("displayName", SEVERITY, "desc", false), object("displayName", FOR, "desc", true));
    }

    static List<Object> overrides() {
        var runbooks = new LinkedHashMap<String, Object>();
        Runbooks.byAlert()
                .forEach((alert, runbook) -> runbooks.put(alert, object("text", runbook, "index", runbooks.size())));
        var severities =
                object("page", object("color", "red", "index", 0), "ticket", object("color", "orange", "index", 1));
        return List.of(
                override(RUNBOOK, List.of(mappings(runbooks))),
                override(
                        SEVERITY,
                        List.of(mappings(severities), property("custom.cellOptions", object("type", "color-text")))));
    }

    private static Map<String, Object> mappings(Map<String, Object> options) {
        return property("mappings", List.of(object("type", "value", "options", options)));
    }

    private static Map<String, Object> property(String id, Object value) {
        return object("id", id, "value", value);
    }

    private static Map<String, Object> override(String column, List<Map<String, Object>> properties) {
        return object("matcher", object("id", "byName", "options", column), "properties", properties);
    }
}
