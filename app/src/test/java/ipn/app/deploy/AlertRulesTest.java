package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import ipn.runtime.metrics.Metric;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRulesTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> TESTS = List.of("deploy/alerts-test.yaml", "deploy/alerts-week-test.yaml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:ipn|jvm|process|system)_[a-z_]+");
    private static final Set<String> SERIES =
            Arrays.stream(Metric.values()).flatMap(AlertRulesTest::series).collect(Collectors.toUnmodifiableSet());

    /** What Prometheus stores of a metric. */
    private static Stream<String> series(Metric metric) {
        var name = metric.series();
        if (!metric.type().isTimer()) {
            return Stream.of(name);
        }
        var plain = Stream.of(name + "_count", name + "_sum", name + "_max");
        return metric.type().buckets().isEmpty() ? plain : Stream.concat(plain, Stream.of(name + "_bucket"));
    }

    static Stream<JsonNode> rules() throws IOException {
        var groups = new YAMLMapper()
                .readTree(Files.readString(ROOT.resolve("deploy/alerts.yaml")))
                .path("groups");
        return all(groups).flatMap(group -> all(group.path("rules")));
    }

    private static Stream<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void it_watches_metrics_that_there_are(JsonNode rule) {
        var watched = METRIC.matcher(rule.path("expr").asText()).results().map(found -> found.group());
        assertThat(watched).as(rule.path("alert").asText()).isNotEmpty().isSubsetOf(SERIES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void its_runbook_is_there_and_names_it(JsonNode rule) throws IOException {
        var runbook = ROOT.resolve(rule.path("annotations").path("runbook_url").asText("nowhere"));
        assertThat(runbook).isRegularFile();
        assertThat(Files.readString(runbook)).contains("`" + rule.path("alert").asText() + "`");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void it_has_a_severity_and_says_what_is_wrong_and_whom_it_hurts(JsonNode rule) {
        assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
        assertThat(rule.at("/annotations/summary").asText()).hasSizeBetween(10, 120);
        assertThat(rule.at("/annotations/description").asText()).hasSizeGreaterThan(60);
    }

    @Test
    void each_rule_has_a_test_that_makes_it_fire() throws IOException {
        var tests = new StringBuilder();
        for (var file : TESTS) {
            tests.append(Files.readString(ROOT.resolve(file)));
        }
        var alerts = rules().map(rule -> rule.path("alert").asText()).toList();
        assertThat(alerts)
                .hasSizeGreaterThan(20)
                .allSatisfy(alert -> assertThat(tests.toString()).containsPattern("\\b" + alert + "\\b"));
    }

    @Test
    void metrics_of_tests_are_those_of_the_table() throws IOException {
        for (var file : TESTS) {
            var text = Files.readString(ROOT.resolve(file));
            assertThat(METRIC.matcher(text).results().map(found -> found.group()))
                    .isNotEmpty()
                    .isSubsetOf(SERIES);
        }
    }

    @Test
    void the_rules_pass_their_tests() throws Exception {
        assumeTrue(isInstalled("promtool"), "promtool is not installed (package prometheus of Debian)");
        assertThat(run("check", "rules", "deploy/alerts.yaml")).contains("SUCCESS");
        assertThat(run(Stream.concat(Stream.of("test", "rules"), TESTS.stream()).toArray(String[]::new)))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(String... arguments) throws IOException {
        var command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        var process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
