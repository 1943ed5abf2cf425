package ipn.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files in {@code deploy/dashboards} say of the alerts in {@code deploy/alerts.yaml}. */
class AlertsOnDashboardsTest {
    private static final Path DEPLOY = Path.of("..", "deploy");

    private static Stream<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Stream<JsonNode> rules() throws IOException {
        return all(new YAMLMapper()
                        .readTree(DEPLOY.resolve("alerts.yaml").toFile())
                        .path("groups"))
                .flatMap(group -> all(group.path("rules")));
    }

    static Stream<JsonNode> boards() throws IOException {
        var boards = Stream.<JsonNode>builder();
        for (var dashboard : Dashboards.all()) {
            boards.add(board(dashboard.file()));
        }
        return boards.build();
    }

    private static JsonNode board(String name) throws IOException {
        return new ObjectMapper()
                .readTree(DEPLOY.resolve("dashboards").resolve(name + ".json").toFile());
    }

    private static JsonNode table() throws IOException {
        return all(board("ipn-overview").path("panels"))
                .filter(panel -> panel.path("type").asText().equals("table"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode mappings(String column) throws IOException {
        return all(table().at("/fieldConfig/overrides"))
                .filter(override -> override.at("/matcher/options").asText().equals(column))
                .flatMap(override -> all(override.path("properties")))
                .filter(property -> property.path("id").asText().equals("mappings"))
                .findFirst()
                .orElseThrow()
                .at("/value/0/options");
    }

    @Test
    void the_table_shows_the_runbook_of_each_alert() throws IOException {
        var shown = new TreeMap<String, String>();
        mappings("runbook")
                .properties()
                .forEach(each ->
                        shown.put(each.getKey(), each.getValue().path("text").asText()));
        var expected = new TreeMap<String, String>();
        rules().forEach(rule -> expected.put(
                rule.path("alert").asText(), rule.at("/annotations/runbook_url").asText("none")));
        assertThat(shown).isEqualTo(expected).hasSizeGreaterThan(20);
        assertThat(shown.values())
                .allSatisfy(runbook -> assertThat(Path.of("..", runbook)).isRegularFile());
        assertThat(table().at("/targets/0/expr").asText()).contains("\"runbook\", \"$1\", \"alertname\"");
    }

    @Test
    void the_table_has_pages_first_and_then_those_that_fire_longest() throws IOException {
        assertThat(table().at("/options/sortBy"))
                .hasToString("[{\"displayName\":\"severity\",\"desc\":false},{\"displayName\":\"for\",\"desc\":true}]");
        assertThat(table().at("/transformations/0/options/renameByName/Value").asText())
                .isEqualTo("for");
    }

    @Test
    void each_severity_of_the_alerts_has_a_colour_in_the_table() throws IOException {
        var colours = mappings("severity");
        assertThat(rules().map(rule -> rule.at("/labels/severity").asText()).distinct())
                .containsExactlyInAnyOrder("page", "ticket")
                .allSatisfy(severity -> assertThat(
                                colours.path(severity).path("color").asText())
                        .isIn("red", "orange"));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void charts_mark_pages_in_red_and_tickets_in_orange_with_the_name_of_the_alert(JsonNode board) {
        var marks = board.at("/annotations/list");
        assertThat(all(marks).map(mark -> mark.path("iconColor").asText())).containsExactly("red", "orange");
        assertThat(all(marks).map(mark -> mark.path("name").asText())).containsExactly("Pages", "Tickets");
        assertThat(marks.path(0).path("expr").asText()).contains("severity=\"page\"");
        assertThat(marks.path(1).path("expr").asText()).contains("severity=\"ticket\"");
        assertThat(marks).allSatisfy(mark -> {
            assertThat(mark.path("expr").asText())
                    .contains("\"title\", \" \", \"alertname\", \"gateway\", \"account\", \"stage\"");
            assertThat(mark.path("titleFormat").asText()).isEqualTo("{{title}}");
        });
    }

    @ParameterizedTest
    @MethodSource("boards")
    void the_legend_of_a_line_that_has_ended_has_no_value(JsonNode board) {
        assertThat(all(board.path("panels"))
                        .filter(panel -> panel.path("type").asText().equals("timeseries")))
                .isNotEmpty()
                .allSatisfy(
                        panel -> assertThat(panel.at("/options/legend/calcs")).hasToString("[\"last\"]"));
    }
}
