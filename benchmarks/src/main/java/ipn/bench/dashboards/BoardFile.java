package ipn.bench.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.bench.dashboards.Board.Columns;
import ipn.bench.dashboards.Board.Panel;
import ipn.bench.dashboards.Board.Place;
import ipn.bench.dashboards.Board.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files that Grafana imports. */
final class BoardFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".json";
    /** What Grafana says without a value. */
    private static final String NO_DATA = "No data";

    private BoardFile() {}

    /** All dashboards of a folder, by name. */
    static List<Board> all(Path folder) throws IOException {
        var boards = new ArrayList<Board>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                boards.add(read(file));
            }
        }
        return boards;
    }

    static Board read(Path file) throws IOException {
        var json = JSON.readTree(file.toFile());
        var name = file.getFileName().toString();
        var panels = new ArrayList<Panel>();
        json.path("panels").forEach(panel -> panels.add(panel(panel)));
        return new Board(
                name.substring(0, name.length() - SUFFIX.length()),
                json.path("title").asText(name),
                variables(json.at("/templating/list")),
                marked(json.at("/annotations/list")),
                panels);
    }

    /** With all values chosen. */
    private static Map<String, String> variables(JsonNode list) {
        var variables = new HashMap<String, String>();
        for (var each : list) {
            if (each.path("type").asText().equals("query")) {
                variables.put(each.path("name").asText(), each.path("allValue").asText(".*"));
            }
        }
        return variables;
    }

    private static Optional<String> marked(JsonNode list) {
        return Optional.of(list.path(0).path("expr").asText()).filter(expression -> !expression.isEmpty());
    }

    private static Panel panel(JsonNode json) {
        var place = json.path("gridPos");
        var defaults = json.at("/fieldConfig/defaults");
        var targets = new ArrayList<Target>();
        for (var target : json.path("targets")) {
            targets.add(new Target(
                    target.path("expr").asText(),
                    target.path("legendFormat").asText(),
                    target.path("instant").asBoolean()));
        }
        return new Panel(
                json.path("type").asText(),
                json.path("title").asText(),
                json.path("description").asText(),
                new Place(
                        place.path("x").asInt(),
                        place.path("y").asInt(),
                        place.path("w").asInt(),
                        place.path("h").asInt()),
                look(defaults),
                defaults.path("noValue").asText(NO_DATA),
                columns(json.path("transformations")),
                !json.at("/options/legend/calcs").isEmpty(),
                targets);
    }

    private static Look look(JsonNode defaults) {
        var steps = new ArrayList<Look.Step>();
        for (var step : defaults.at("/thresholds/steps")) {
            steps.add(new Look.Step(
                    step.path("value").asDouble(Double.NEGATIVE_INFINITY),
                    step.path("color").asText()));
        }
        var texts = new HashMap<Double, Look.Text>();
        for (var mapping : defaults.path("mappings")) {
            for (var option : mapping.path("options").properties()) {
                texts.put(
                        Double.parseDouble(option.getKey()),
                        new Look.Text(
                                option.getValue().path("text").asText(),
                                option.getValue().path("color").asText()));
            }
        }
        return new Look(defaults.path("unit").asText(), steps, texts);
    }

    private static Columns columns(JsonNode transformations) {
        var hidden = new HashSet<String>();
        var order = new HashMap<String, Integer>();
        var names = new HashMap<String, String>();
        for (var each : transformations) {
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
        return new Columns(hidden, order, names);
    }
}
