package ipn.query;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.conservation.ConservationCheck.Stages;
import ipn.query.conservation.ConservationSettings;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuerySettingsTest {
    private static Settings settings(String yaml) {
        return Settings.parse(yaml, Map.of("PASSWORD", "very secret"), Path.of(""));
    }

    private static List<String> problems(String yaml) {
        var settings = settings(yaml);
        var unused = QuerySettings.from(settings);
        return settings.problems().found();
    }

    @Test
    void have_defaults() {
        var query = QuerySettings.from(settings(""));

        assertThat(query.listen().host()).isEqualTo("127.0.0.1");
        assertThat(query.listen().port()).isEqualTo(8085);
        assertThat(query.database().jdbcUrl()).isEmpty();
        assertThat(query.database().user()).isEqualTo("ipn");
        assertThat(query.database().connections()).isEqualTo(8);
        assertThat(query.conservation().perSecond()).isEqualTo(200);
        assertThat(query.conservation().stages()).isEqualTo(new Stages("ipn-processor", "ipn-projector"));
        assertThat(query.conservation()).isEqualTo(ConservationSettings.USUAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000})
    void name_how_much_is_checked_and_whose_work(int perSecond) {
        var query = QuerySettings.from(settings(
                "{query: {conservation-per-second: %d}, processor: {application-id: p1}, projector: {application-id: p2}}"
                        .formatted(perSecond)));

        assertThat(query.conservation()).isEqualTo(new ConservationSettings(perSecond, new Stages("p1", "p2")));
    }

    @Test
    void say_everything_that_is_wrong_at_once() {
        assertThat(problems("query: {conservation-per-second: 10001, connections: 0}"))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("query.conservation-per-second: 10001"))
                .anyMatch(problem -> problem.startsWith("query.connections: 0"));
    }

    @Test
    void name_a_database_and_a_secret_that_no_text_shows() {
        var query = QuerySettings.from(
                settings(
                        "query: {jdbc-url: 'jdbc:postgresql://db/ipn', user: reader, password: 'env:PASSWORD', connections: 3, port: 0}"));

        assertThat(query.database().jdbcUrl()).contains("jdbc:postgresql://db/ipn");
        assertThat(query.database().password().map(secret -> secret.text())).isEqualTo(Optional.of("very secret"));
        assertThat(query.toString()).doesNotContain("very secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "example.com", "::"})
    void refuse_an_address_that_others_reach_because_nobody_says_who_asks(String host) {
        assertThat(problems("query: {host: '%s'}".formatted(host)))
                .anyMatch(problem -> problem.startsWith("query.host"));
    }

    @Test
    void allow_any_address_where_callers_need_a_token() {
        assertThat(
                        problems(
                                "query: {host: 0.0.0.0, oidc: {issuer: 'https://login', audience: ipn, jwks-url: 'https://login/keys'}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc-url: 'jdbc:mysql://db/ipn'",
                "jdbc-url: 'jdbc:postgresql://db/ipn?password=x'",
                "password: hunter2",
                "connections: 0",
                "conservation-per-second: -1",
                "conservation-per-second: 10001",
                "conservation-per-second: many",
                "rate-limit: 0",
                "oidc: {issuer: 'https://login', audience: ipn, jwks-url: 'http://login/keys'}",
                "oidc: {issuer: 'https://login', jwks-url: 'https://login/keys'}",
                "port: 70000"
            })
    void refuse_a_wrong_value(String line) {
        assertThat(problems("query: {%s}".formatted(line)))
                .isNotEmpty()
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void of_the_stage_need_a_database() {
        var settings = settings("");
        var unused = QuerySettings.withDatabase(settings);
        assertThat(settings.problems().found()).anyMatch(problem -> problem.startsWith("query.jdbc-url: missing"));
    }
}
