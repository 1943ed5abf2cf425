package ipn.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HurryTest {
    private static final Path DEPLOYED = Path.of("..", "deploy", "alerts.yaml");
    private static final String RULE = """
            groups:
              - name: g
                rules:
                  - alert: A
                    expr: >-
                      sum(increase(x_total{a="[5m]x"}[15m])) > 3 and y offset 1h > 120
                      unless z[1w]
                    for: 2m
                    annotations:
                      description: For 15 minutes, for: 2m
            """;

    @Test
    void times_of_rules_are_divided_and_limits_and_texts_are_not() {
        assertThat(new Hurry(10).rules(RULE)).isEqualTo("""
                groups:
                  - name: g
                    rules:
                      - alert: A
                        expr: >-
                          sum(increase(x_total{a="[30000ms]x"}[90000ms])) > 3 and y offset 360000ms > 120
                          unless z[60480000ms]
                        for: 12000ms
                        annotations:
                          description: For 15 minutes, for: 2m
                """);
    }

    @Test
    void without_hurry_the_rules_are_those_that_are_deployed() throws IOException {
        var deployed = Files.readString(DEPLOYED);
        assertThat(new Hurry(1).rules(deployed)).isEqualTo(deployed);
        assertThat(new Hurry(1).time(Duration.ofSeconds(15))).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void no_time_of_the_deployed_rules_is_left() throws IOException {
        assertThat(new Hurry(3).rules(Files.readString(DEPLOYED)))
                .doesNotContainPattern("(?m)^\\s+for: \\d+[smhdw]$")
                .doesNotContainPattern("\\[\\d+[smhdw]]")
                .doesNotContainPattern("offset \\d+[smhdw]\\b");
    }

    @Test
    void a_factor_below_one_is_refused() {
        assertThatThrownBy(() -> new Hurry(0)).hasMessage("hurry: 0 (expected: 1 or more)");
    }
}
