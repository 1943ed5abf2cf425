package ipn.bench.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.bench.dashboards.Board.Mark;
import ipn.bench.dashboards.Board.Panel;
import ipn.bench.dashboards.Board.Place;
import ipn.bench.dashboards.Board.Target;
import ipn.bench.plot.Band.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
                marks(json.at("/annotations/list")),
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

    private static List<Mark> marks(JsonNode list) {
        var marks = new ArrayList<Mark>();
        for (var each : list) {
            marks.add(new Mark(
                    each.path("iconColor").asText().equals("red") ? Level.PAGE : Level.TICKET,
                    each.path("expr").asText(),
                    each.path("titleFormat").asText()));
        }
        return marks;
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
                ColumnsFile.read(json),
                json.at("/options/legend/calcs").path(0).asText().equals("last"),
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
        ColumnsFile.texts(defaults.path("mappings"))
                .forEach((value, text) -> texts.put(Double.parseDouble(value), text));
        return new Look(defaults.path("unit").asText(), steps, texts);
    }
}
