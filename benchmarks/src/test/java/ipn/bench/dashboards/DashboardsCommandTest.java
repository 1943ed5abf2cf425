package ipn.bench.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.ExitCode;
import ipn.bench.plot.Band.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The answers are those of a Prometheus 2.42. */
class DashboardsCommandTest {
    private static final String NOTHING = """
            {"status":"success","data":{"resultType":"matrix","result":[]}}""";
    private static final String RATES = """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"gateway":"stripe"},"values":[[1793534400,"1.5"],[1793534415,"2"],[1793534430,"0.25"]]},
            {"metric":{"gateway":"<script>alert('x')</script>\\"&"},"values":[[1793534400,"NaN"],[1793534430,"+Inf"]]}]}}""";
    private static final String RUNNING = """
            {"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"stage":"processor"},"value":[1793534430,"0"]},
            {"metric":{"stage":"projector"},"value":[1793534430,"1"]}]}}""";
    private static final String ALERTS = """
            {"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"alertname":"IpnStageMissing","severity":"page","stage":"<b>x</b>"},"value":[1793534430,"125"]}]}}""";

    @TempDir
    private Path folder;

    private FakePrometheus prometheus;

    @BeforeEach
    void start() throws IOException {
        prometheus = new FakePrometheus();
        Files.createDirectories(folder.resolve("boards"));
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    private static String panel(String type, String title, String query, String more) {
        return """
            {"type": "%s", "title": "%s", "gridPos": {"x": 0, "y": 0, "w": 8, "h": 8}, %s
             "targets": [{"expr": "%s", "legendFormat": "%s", "instant": %b}]}""".formatted(
                type, title, more, query, type.equals("timeseries") ? "{{gateway}}" : "", !type.equals("timeseries"));
    }

    private int draw(String... panels) throws IOException {
        return draw("", panels);
    }

    private int drawMarked(String... panels) throws IOException {
        return draw("""
            "annotations": {"list": [{"name": "Pages", "iconColor": "red", "expr": "pages", "titleFormat": "{{title}}"},
              {"name": "Tickets", "iconColor": "orange", "expr": "tickets", "titleFormat": "{{title}}"}]},""", panels);
    }

    private int draw(String marks, String[] panels) throws IOException {
        Files.writeString(
                folder.resolve("boards").resolve("ipn-test.json"), """
            {"title": "A & B", "templating": {"list": [{"name": "gateway", "type": "query", "allValue": ".*"}]}, %s "panels": [%s]}
            """.formatted(marks, String.join(",", panels)));
        return new CommandLine(new DashboardsCommand())
                .execute(
                        "--prometheus",
                        prometheus.url().toString(),
                        "--dashboards",
                        folder.resolve("boards").toString(),
                        "--at",
                        "2026-11-01T12:00:30Z",
                        "--range",
                        "PT1M",
                        "--out",
                        folder.resolve("pages").toString());
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("pages").resolve("ipn-test.html"));
    }

    @Test
    void a_chart_has_its_lines_and_a_legend_and_labels_cannot_become_markup() throws IOException {
        prometheus.answers("sum by (gateway) (rate(requests{gateway=~'.*'}[60s]))", RATES);
        var exit = draw(
                panel(
                        "timeseries",
                        "Requests",
                        "sum by (gateway) (rate(requests{gateway=~'$gateway'}[$__rate_interval]))",
                        "\"fieldConfig\": {\"defaults\": {\"unit\": \"reqps\"}}, \"options\": {\"legend\": {\"calcs\": [\"last\"]}},"));
        assertThat(exit).isEqualTo(ExitCode.DONE);
        assertThat(page())
                .contains("<h1>A &amp; B</h1>", "<polyline", "<span>stripe</span> <b>0.25 req/s</b>", "2 req/s</text>")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;</span> <b>∞</b>")
                .doesNotContain("<script");
        assertThat(prometheus.asked()).allMatch(asked -> asked.startsWith("/api/v1/query_range "));
    }

    @Test
    void numbers_have_the_text_and_the_colour_of_their_value() throws IOException {
        prometheus.answers("running", RUNNING);
        var exit = draw(panel("stat", "Stages run", "running", """
            "fieldConfig": {"defaults": {"unit": "none",
              "mappings": [{"type": "value", "options": {"0": {"text": "NO", "color": "red"}, "1": {"text": "yes", "color": "green"}}}]}},"""));
        assertThat(exit).isEqualTo(ExitCode.DONE);
        assertThat(page())
                .containsSubsequence("#cf222e", "<b>NO</b>", "stage=&quot;processor&quot;", "#1a7f37", "<b>yes</b>");
        assertThat(prometheus.asked()).containsExactly("/api/v1/query running");
    }

    @Test
    void a_table_has_the_columns_that_are_not_hidden_in_their_order() throws IOException {
        prometheus.answers("alerts", ALERTS);
        var exit = draw(panel("table", "Alerts", "alerts", """
            "fieldConfig": {"defaults": {"unit": "s"}}, "transformations": [{"id": "organize", "options": {
              "excludeByName": {"severity": true}, "indexByName": {"alertname": 0, "Value": 1}, "renameByName": {"Value": "for"}}}],"""));
        assertThat(exit).isEqualTo(ExitCode.DONE);
        assertThat(page())
                .contains("<tr><th>alertname</th><th>for</th><th>stage</th></tr>")
                .contains("<tr><td>IpnStageMissing</td><td>2 min 5 s</td><td>&lt;b&gt;x&lt;/b&gt;</td></tr>");
    }

    @Test
    void a_table_has_pages_first_and_then_those_that_fire_longest_and_the_text_of_a_mapping() throws IOException {
        prometheus.answers("alerts", """
            {"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"alertname":"IpnA","runbook":"IpnA","severity":"ticket"},"value":[1793534430,"900"]},
            {"metric":{"alertname":"IpnB","runbook":"IpnB","severity":"page"},"value":[1793534430,"90"]},
            {"metric":{"alertname":"IpnC","runbook":"IpnC","severity":"page"},"value":[1793534430,"800"]}]}}""");
        draw(panel("table", "Alerts", "alerts", """
            "fieldConfig": {"defaults": {"unit": "s"}, "overrides": [
              {"matcher": {"id": "byName", "options": "open"}, "properties": [{"id": "mappings", "value": [
                {"type": "value", "options": {"IpnA": {"text": "docs/a.md"}, "IpnB": {"text": "docs/b.md"}, "IpnC": {"text": "docs/c.md"}}}]}]},
              {"matcher": {"id": "byName", "options": "severity"}, "properties": [{"id": "mappings", "value": [
                {"type": "value", "options": {"page": {"color": "red"}}}]}]}]},
            "options": {"sortBy": [{"displayName": "severity", "desc": false}, {"displayName": "for", "desc": true}]},
            "transformations": [{"id": "organize", "options": {"indexByName": {"alertname": 0, "severity": 1, "Value": 2},
              "renameByName": {"Value": "for", "runbook": "open"}}}],"""));
        assertThat(page())
                .containsSubsequence(
                        "<th>alertname</th><th>severity</th><th>for</th><th>open</th>",
                        "<td>IpnC</td><td style=\"color: #cf222e; font-weight: bold\">page</td><td>13 min 20 s</td><td>docs/c.md</td>",
                        "<td>IpnB</td>",
                        "<td>1 min 30 s</td><td>docs/b.md</td>",
                        "<td>IpnA</td><td>ticket</td><td>15 min</td><td>docs/a.md</td>");
    }

    @Test
    void charts_mark_pages_and_tickets_in_two_colours_and_name_the_alerts() throws IOException {
        prometheus.answers("requests", RATES);
        prometheus.answers("pages", """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"alertname":"IpnStageMissing","title":"IpnStageMissing   projector  "},"values":[[1793534400,"1"],[1793534415,"1"]]}]}}""");
        prometheus.answers("tickets", """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"alertname":"IpnDrift","title":"IpnDrift stripe"},"values":[[1793534370,"1"]]}]}}""");
        assertThat(drawMarked(panel("timeseries", "Requests", "requests", ""))).isEqualTo(ExitCode.DONE);
        assertThat(page())
                .contains("an alert of severity page fires", "alerts of severity ticket")
                .contains("fill=\"#ffd8d3\"><title>page: IpnStageMissing projector</title>")
                .contains("fill=\"#ffeecb\"><title>ticket: IpnDrift stripe</title>")
                .contains(">IpnStageMissing</text>", ">IpnDrift</text>");
    }

    @Test
    void a_board_without_marks_explains_none() throws IOException {
        prometheus.answers("requests", RATES);
        draw(panel("timeseries", "Requests", "requests", ""));
        assertThat(page()).doesNotContain("Background");
    }

    @Test
    void the_legend_of_a_line_that_has_ended_has_no_value() throws IOException {
        prometheus.answers("requests", """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"gateway":"stripe"},"values":[[1793534370,"7"],[1793534400,"7"]]},
            {"metric":{"gateway":"adyen"},"values":[[1793534370,"1"],[1793534430,"NaN"]]}]}}""");
        draw(panel("timeseries", "Requests", "requests", "\"options\": {\"legend\": {\"calcs\": [\"last\"]}},"));
        assertThat(page())
                .contains("<span>stripe</span> <b>–</b>", "<span>adyen</span> <b>–</b>")
                .doesNotContain("<b>7</b>", "<b>1</b>");
    }

    @Test
    void a_panel_without_a_value_says_what_its_file_says() throws IOException {
        prometheus.answers("nothing", NOTHING);
        var exit = draw(
                panel(
                        "timeseries",
                        "Refused",
                        "nothing",
                        "\"fieldConfig\": {\"defaults\": {\"noValue\": \"none refused\"}},"),
                panel("stat", "Other", "nothing", ""));
        assertThat(exit).isEqualTo(ExitCode.DONE);
        assertThat(page()).contains("<p class=\"empty\">none refused</p>", "<p class=\"empty\">No data</p>");
    }

    @Test
    void a_query_that_fails_is_shown_and_changes_the_exit_code() throws IOException {
        prometheus.answers("running", RUNNING);
        var exit = draw(panel("stat", "Stages run", "running", ""), panel("timeseries", "Broken", "sum(", ""));
        assertThat(exit).isEqualTo(ExitCode.FOUND_PROBLEMS);
        assertThat(page()).contains("query failed: invalid parameter", "unclosed left parenthesis (query: sum()");
    }

    @Test
    void without_a_prometheus_it_says_so() throws IOException {
        prometheus.close();
        assertThat(draw(panel("stat", "Stages run", "running", ""))).isEqualTo(ExitCode.NO_ANSWER);
    }

    @Test
    void every_dashboard_that_is_deployed_can_be_read() throws IOException {
        var boards = BoardFile.all(Path.of("..", "deploy", "dashboards"));
        assertThat(boards).hasSize(5);
        for (var board : boards) {
            assertThat(board.marks()).extracting(Board.Mark::level).containsExactly(Level.PAGE, Level.TICKET);
            assertThat(board.panels())
                    .isNotEmpty()
                    .allSatisfy(panel -> assertThat(panel.type()).isIn("timeseries", "stat", "table"));
            assertThat(board.panels())
                    .allSatisfy(panel -> assertThat(panel.targets()).isNotEmpty());
        }
    }
}
