package ipn.runtime.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {
    @Test
    void defaults() {
        var settings = TraceSettings.from(Settings.empty());
        assertThat(settings).isEqualTo(new TraceSettings(Optional.empty(), Map.of(), 1, Duration.ofSeconds(1), 200));
        assertThat(settings.start("ingress", new SimpleMeterRegistry())).isSameAs(Traces.OFF);
    }

    @Test
    void every_key() {
        var settings = Settings.parse(
                """
                traces:
                  endpoint: https://collector.example.com:4318/v1/traces
                  headers: {authorization: "env:COLLECTOR"}
                  percent: 100
                  slow-after: PT0.5S
                  spans-per-second: 1000
                """, Map.of("COLLECTOR", "Bearer of-the-collector", "IPN_TRACES_PERCENT", "7"), Path.of(""));
        var read = TraceSettings.from(settings);
        settings.verify();
        assertThat(read)
                .isEqualTo(new TraceSettings(
                        Optional.of(URI.create("https://collector.example.com:4318/v1/traces")),
                        Map.of("authorization", "Bearer of-the-collector"),
                        7,
                        Duration.ofMillis(500),
                        1_000))
                .asString()
                .doesNotContain("of-the-collector");
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        var settings = Settings.parse("""
                traces:
                  endpoint: collector:4318
                  headers: {authorization: Bearer in-the-open}
                  percent: 101
                  slow-after: PT0S
                  spans-per-second: 0
                  ratio: 0.1
                """);
        TraceSettings.from(settings);
        var problems =
                catchThrowableOfType(SettingsException.class, settings::verify).problems();
        assertThat(problems)
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly(
                        "traces.endpoint",
                        "traces.headers.authorization",
                        "traces.percent",
                        "traces.ratio",
                        "traces.slow-after",
                        "traces.spans-per-second");
        assertThat(problems).noneMatch(problem -> problem.contains("in-the-open"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@collector/v1/traces",
                "http://collector:4318",
                "http://collector/v1/traces?key=secret",
                "ftp://collector/v1/traces",
                "http:///v1/traces",
                "http://["
            })
    void an_endpoint_is_the_whole_url_without_secrets(String endpoint) {
        var settings = Settings.parse("traces: {endpoint: '" + endpoint + "'}");
        TraceSettings.from(settings);
        assertThat(catchThrowableOfType(SettingsException.class, settings::verify)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("traces.endpoint: not usable")
                .doesNotContain("secret@", "key=secret");
    }
}
