package ipn.access.authzen;

import static ipn.access.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import ipn.access.Served;
import ipn.client.testkit.FakeAccess;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of OpenID's certification scenario for AuthZEN 1.0 (basic core, batch core, discovery), with our types. */
class AuthZenRoutesTest {
    private static final String ONE = "/access/v1/evaluation";
    private static final String SEVERAL = "/access/v1/evaluations";
    private static final String ALICE = "\"subject\": {\"type\": \"user\", \"id\": \"alice\"}";
    private static final String USE = "\"action\": {\"name\": \"use\"}";
    private static final String PREMIUM = "\"resource\": {\"type\": \"entitlement\", \"id\": \"premium\"}";
    private static final String STICKERS = "\"resource\": {\"type\": \"entitlement\", \"id\": \"stickers\"}";
    private static final FakeAccess ACCESS =
            new FakeAccess().grant("alice", "premium").revoke("alice", "stickers");
    private static Served served;

    @BeforeAll
    static void start() {
        served = Served.with(", public-url: \"https://pdp.example.com/\"", Map.of(), ACCESS);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void reset() {
        ACCESS.setAge(Duration.ZERO);
    }

    @Test
    void a_permit_has_its_reasons() {
        var response = served.post(ONE, "{%s, %s, %s}".formatted(ALICE, USE, PREMIUM), "x-request-id", "r-1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("x-request-id")).contains("r-1");
        assertThat(json(response).getBoolean("decision")).isTrue();
        assertThat(json(response).getJsonObject("context").getMap())
                .containsEntry("status", "ACTIVE")
                .containsEntry("decidedBy", "fake/main/alice")
                .containsEntry("revision", 1);
    }

    @Test
    void a_deny_has_its_reasons() {
        var response = served.post(ONE, "{%s, %s, %s}".formatted(ALICE, USE, STICKERS));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).getBoolean("decision")).isFalse();
        assertThat(json(response).getJsonObject("context").getString("reason")).isEqualTo("REFUNDED");
    }

    @Test
    void context_properties_and_unknown_fields_do_not_matter() {
        var request = """
                {"subject": {"type": "user", "id": "alice", "properties": {"department": "Sales"}},
                 "action": {"name": "use", "properties": {"method": "GET"}},
                 "resource": {"type": "entitlement", "id": "premium", "properties": {"owner": "bob"}},
                 "context": {"time": "2025-06-27T18:03-07:00"}, "futureField": {"nested": true}}""";

        assertThat(decision(served.post(ONE, request).body())).isTrue();
    }

    @Test
    void old_data_denies_if_the_context_says_how_old_it_may_be() {
        ACCESS.setAge(Duration.ofSeconds(9));

        var response =
                json(served.post(ONE, "{%s, %s, %s, \"context\": {\"maxAge\": 5}}".formatted(ALICE, USE, PREMIUM)));
        assertThat(response.getBoolean("decision")).isFalse();
        assertThat(response.getJsonObject("context").getString("reason")).isEqualTo("TOO_OLD");
    }

    @ParameterizedTest
    @CsvSource({
        "spaceship, use, entitlement, UNKNOWN_SUBJECT_TYPE",
        "user, delete, entitlement, UNKNOWN_ACTION",
        "user, use, record, UNKNOWN_RESOURCE_TYPE",
    })
    void what_nobody_knows_is_denied(String subject, String action, String resource, String reason) {
        var request =
                "{\"subject\": {\"type\": \"%s\", \"id\": \"alice\"}, \"action\": {\"name\": \"%s\"}, \"resource\": {\"type\": \"%s\", \"id\": \"premium\"}}"
                        .formatted(subject, action, resource);
        var response = json(served.post(ONE, request));

        assertThat(response.getBoolean("decision")).isFalse();
        assertThat(response.getJsonObject("context").getString("reason")).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{A, U}",
                "{A, R}",
                "{U, R}",
                "{\"subject\": {\"id\": \"alice\"}, U, R}",
                "{\"subject\": {\"type\": \"user\"}, U, R}",
                "{A, \"action\": {}, R}",
                "{A, U, \"resource\": {\"id\": \"premium\"}}",
                "{A, U, \"resource\": {\"type\": \"entitlement\"}}",
                "{\"subject\": \"alice\", U, R}",
                "{A, \"action\": {\"name\": 123}, R}"
            })
    void a_wrong_request_is_refused(String request) {
        var body = request.replace("A,", ALICE + ",")
                .replace("U,", USE + ",")
                .replace("U}", USE + "}")
                .replace("R}", PREMIUM + "}");

        assertThat(served.post(ONE, body).statusCode()).isEqualTo(400);
        assertThat(served.post(SEVERAL, body).statusCode()).isEqualTo(400);
    }

    @Test
    void another_content_type_is_refused() {
        var request = served.request(ONE)
                .header("content-type", "text/plain")
                .POST(BodyPublishers.ofString("{%s, %s, %s}".formatted(ALICE, USE, PREMIUM)));

        assertThat(served.send(request).statusCode()).isEqualTo(400);
    }

    @Test
    void several_evaluations_share_what_they_do_not_say() {
        var request = """
                {%s, %s, "resource": {"type": "entitlement"}, "evaluations": [
                  {"resource": {"id": "premium"}}, {%s}, {"subject": {"id": "bob"}, %s}, {"subject": {"type": "spaceship"}, %s}]}""".formatted(ALICE, USE, STICKERS, PREMIUM, PREMIUM);

        assertThat(decisions(request)).containsExactly(true, false, false, false);
    }

    @Test
    void an_error_of_one_evaluation_denies_that_one() {
        var request = "{%s, %s, \"evaluations\": [{%s}, {}]}".formatted(ALICE, USE, PREMIUM);
        var second =
                json(served.post(SEVERAL, request)).getJsonArray("evaluations").getJsonObject(1);

        assertThat(decisions(request)).containsExactly(true, false);
        assertThat(second.getJsonObject("context").getJsonObject("error").getInteger("status"))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"evaluations\": []"})
    void without_evaluations_it_is_one_evaluation(String evaluations) {
        var request = "{%s, %s, %s%s}".formatted(ALICE, USE, PREMIUM, evaluations);

        assertThat(decision(served.post(SEVERAL, request).body())).isTrue();
    }

    @Test
    void the_semantic_says_when_to_stop() {
        var request = "{%s, %s, \"options\": {\"evaluations_semantic\": \"%%s\"}, \"evaluations\": [{%s}, {%s}, {%s}]}"
                .formatted(ALICE, USE, PREMIUM, STICKERS, PREMIUM);

        assertThat(decisions(request.formatted("execute_all"))).containsExactly(true, false, true);
        assertThat(decisions(request.formatted("deny_on_first_deny"))).containsExactly(true, false);
        assertThat(decisions(request.formatted("permit_on_first_permit"))).containsExactly(true);
        assertThat(served.post(SEVERAL, request.formatted("guess")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void the_metadata_names_the_endpoints() {
        var response = served.get("/.well-known/authzen-configuration");

        assertThat(json(response))
                .isEqualTo(new JsonObject()
                        .put("policy_decision_point", "https://pdp.example.com")
                        .put("access_evaluation_endpoint", "https://pdp.example.com/access/v1/evaluation")
                        .put("access_evaluations_endpoint", "https://pdp.example.com/access/v1/evaluations"));
    }

    private static boolean decision(String body) {
        return new JsonObject(body).getBoolean("decision");
    }

    private static List<Boolean> decisions(String request) {
        return json(served.post(SEVERAL, request)).getJsonArray("evaluations").stream()
                .map(each -> ((JsonObject) each).getBoolean("decision"))
                .toList();
    }
}
