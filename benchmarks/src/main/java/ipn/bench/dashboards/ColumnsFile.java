package ipn.bench.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.bench.dashboards.Board.Columns;
import ipn.bench.dashboards.Board.Sort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Reads how a panel of Grafana shows the columns of a table. */
final class ColumnsFile {
    private ColumnsFile() {}

    static Columns read(JsonNode panel) {
        var hidden = new HashSet<String>();
        var order = new HashMap<String, Integer>();
        var names = new HashMap<String, String>();
        for (var each : panel.path("transformations")) {
            var options = each.path("options");
            options.path("excludeByName").properties().forEach(column -> {
                if (column.getValue().asBoolean()) {
                    hidden.add(column.getKey());
                }
            });
            options.path("indexByName")
                    .properties()
                    .forEach(column ->
                            order.put(column.getKey(), column.getValue().asInt()));
            options.path("renameByName")
                    .properties()
                    .forEach(column ->
                            names.put(column.getKey(), column.getValue().asText()));
        }
        var labels = new HashMap<String, String>();
        names.forEach((label, name) -> labels.put(name, label));
        return new Columns(hidden, order, names, overrides(panel, labels), sorted(panel.at("/options/sortBy"), labels));
    }

    /** @param labels by the name of their column */
    private static Map<String, Map<String, Look.Text>> overrides(JsonNode panel, Map<String, String> labels) {
        var overrides = new HashMap<String, Map<String, Look.Text>>();
        for (var override : panel.at("/fieldConfig/overrides")) {
            var column = override.at("/matcher/options").asText();
            for (var property : override.path("properties")) {
                if (property.path("id").asText().equals("mappings")) {
                    overrides.put(labels.getOrDefault(column, column), texts(property.path("value")));
                }
            }
        }
        return overrides;
    }

    private static List<Sort> sorted(JsonNode list, Map<String, String> labels) {
        var sorted = new ArrayList<Sort>();
        for (var each : list) {
            var column = each.path("displayName").asText();
            sorted.add(new Sort(
                    labels.getOrDefault(column, column), each.path("desc").asBoolean()));
        }
        return sorted;
    }

    /** What a mapping shows in place of values. */
    static Map<String, Look.Text> texts(JsonNode mappings) {
        var texts = new HashMap<String, Look.Text>();
        for (var mapping : mappings) {
            for (var option : mapping.path("options").properties()) {
                texts.put(
                        option.getKey(),
                        new Look.Text(
                                option.getValue().path("text").asText(),
                                option.getValue().path("color").asText()));
            }
        }
        return texts;
    }
}
