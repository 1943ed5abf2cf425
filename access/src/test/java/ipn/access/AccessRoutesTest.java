package ipn.access;

import static ipn.access.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import ipn.client.AccessKey;
import ipn.client.testkit.FakeAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRoutesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-22T00:00:00Z");
    private static final FakeAccess ACCESS = new FakeAccess();
    private static Served served;

    @BeforeAll
    static void start() {
        served = Served.of(ACCESS);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void reset() {
        ACCESS.setTime(NOW).setAge(Duration.ZERO);
    }

    @Test
    void one_question() {
        ACCESS.grant("u_1", "premium", END).setAge(Duration.ofMillis(120));
        var response = served.get("/v1/access/u_1/premium");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(json(response))
                .isEqualTo(new JsonObject()
                        .put("subject", "u_1")
                        .put("entitlement", "premium")
                        .put("allowed", true)
                        .put("status", "ACTIVE")
                        .put("reason", "PAID")
                        .put("revision", 1)
                        .put("until", "2026-12-22T00:00:00Z")
                        .put("from", "2026-12-01T00:00:00Z")
                        .put("product", "premium")
                        .put("decidedBy", "fake/main/u_1")
                        .put("decidedAt", "2026-12-01T00:00:00Z")
                        .put("policyVersion", "fake")
                        .put("dataAgeMillis", 120)
                        .put("stale", false)
                        .put("at", "2026-12-01T00:00:00Z"));
    }

    @Test
    void a_scope_is_a_question_of_its_own() {
        ACCESS.decide(AccessKey.of("u_2", "promotion", "post/7"), granted -> granted);

        assertThat(json(served.get("/v1/access/u_2/promotion?scope=post%2F7")).getBoolean("allowed"))
                .isTrue();
        assertThat(json(served.get("/v1/access/u_2/promotion")).getString("status"))
                .isEqualTo("NONE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "%2F",
                "a b+c",
                "\u00fc\u4e16\uD83D\uDE00",
                "'; drop table users --",
                "<script>",
                "a\u0000b\r\n",
                "..a",
                "?x=1&y#z",
                "*:"
            })
    void a_subject_has_any_characters(String subject) {
        ACCESS.grant(subject, "premium");
        var path = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");

        var one = json(served.get("/v1/access/" + path + "/premium"));
        assertThat(one.getString("subject")).isEqualTo(subject);
        assertThat(one.getBoolean("allowed")).isTrue();
        assertThat(json(served.get("/v1/access/" + path)).getJsonArray("answers"))
                .hasSize(1);
    }

    /** A path cannot name them, because URLs are normalized; a body can. */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void a_subject_that_is_a_step_in_a_path_is_asked_for_in_a_body(String subject) {
        ACCESS.grant(subject, "premium");
        var question = new JsonObject().put("subject", subject).put("entitlement", "premium");
        var asked = new JsonObject().put("questions", new JsonArray().add(question));

        assertThat(json(served.post("/v1/access", asked.encode()))
                        .getJsonArray("answers")
                        .getJsonObject(0)
                        .getBoolean("allowed"))
                .isTrue();
        assertThat(served.get("/v1/access/%2E%2E/premium").statusCode()).isEqualTo(404);
    }

    @Test
    void data_that_is_too_old_is_no_answer() {
        ACCESS.grant("u_3", "premium").setAge(Duration.ofSeconds(7));

        assertThat(json(served.get("/v1/access/u_3/premium?max-age=7")).getBoolean("stale"))
                .isTrue();
        var response = served.get("/v1/access/u_3/premium?max-age=6.999");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
        assertThat(json(response).getString("code")).isEqualTo("TOO_OLD");
    }

    @Test
    void without_data_there_is_no_answer() {
        ACCESS.setNotLoaded();

        for (var path : new String[] {"/v1/access/u_4/premium", "/v1/access/u_4"}) {
            assertThat(served.get(path).statusCode()).as(path).isEqualTo(503);
        }
        var body = "{\"questions\":[{\"subject\":\"u_4\",\"entitlement\":\"premium\"}]}";
        assertThat(json(served.post("/v1/access", body))
                        .getJsonArray("answers")
                        .getJsonObject(0)
                        .getString("reason"))
                .isEqualTo("NOT_LOADED");
    }

    @Test
    void all_of_a_subject() {
        ACCESS.grant("u_5", "premium", END).grant("u_5", "promotion").suspend("u_5", "stickers");

        var all = json(served.get("/v1/access/u_5"));
        assertThat(all.getJsonArray("answers")).hasSize(3);
        assertThat(all.getBoolean("complete")).isTrue();
        var some = json(served.get("/v1/access/u_5?limit=2"));
        assertThat(some.getJsonArray("answers")).hasSize(2);
        assertThat(some.getBoolean("complete")).isFalse();
        assertThat(json(served.get("/v1/access/nobody")).getJsonArray("answers"))
                .isEmpty();
    }

    @Test
    void several_questions_are_answered_in_their_order() {
        ACCESS.grant("u_6", "premium").setAge(Duration.ofSeconds(9));
        var answers = json(served.post("/v1/access", """
                        {"maxAge": 10, "questions": [
                          {"subject": "u_6", "entitlement": "premium"},
                          {"subject": "u_6", "entitlement": "promotion", "scope": "post_7"},
                          {"subject": "u_6", "entitlement": "premium", "maxAge": 0.5}]}""")).getJsonArray("answers");

        assertThat(answers.stream().map(JsonObject.class::cast).map(each -> each.getString("status")))
                .containsExactly("ACTIVE", "NONE", "UNKNOWN");
        assertThat(answers.getJsonObject(1).getString("scope")).isEqualTo("post_7");
    }

    @ParameterizedTest
    @CsvSource({
        "400, /v1/access/u/premium?max-age=x",
        "400, /v1/access/u/premium?max-age=-1",
        "400, /v1/access/u/premium?max-age=999999999",
        "400, /v1/access/u/premium?max-age=1&max-age=2",
        "400, /v1/access/u/premium?scope=",
        "400, /v1/access/u/premium?maxage=1",
        "400, /v1/access/u/premium?signed=true",
        "400, /v1/access/u/premium?signed=perhaps",
        "400, /v1/access/u?limit=0",
        "400, /v1/access/u?limit=1001",
        "400, /v1/access/u?limit=9999999999",
        "405, /v1/access",
        "404, /v1/access/u/premium/more",
        "404, /v1/accesses",
        "404, /",
    })
    void a_wrong_question_gets_a_problem(int status, String path) {
        var response = served.get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(response).getInteger("status")).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{\"questions\": 7}",
                "{\"questions\": [7]}",
                "{\"questions\": [{}]}",
                "{\"questions\": [{\"subject\": \"\", \"entitlement\": \"x\"}]}",
                "{\"questions\": [{\"subject\": 7, \"entitlement\": \"x\"}]}",
                "{\"questions\": [{\"subject\": \"u\", \"entitlement\": {}}]}",
                "{\"maxAge\": \"5\", \"questions\": []}",
                "{\"maxAge\": -5, \"questions\": []}",
                "{\"maxAge\": 1e99, \"questions\": []}"
            })
    void a_wrong_body_gets_a_problem(String body) {
        assertThat(served.post("/v1/access", body).statusCode()).isEqualTo(400);
    }

    @Test
    void sizes_have_bounds() {
        assertThat(served.get("/v1/access/" + "u".repeat(512) + "/premium").statusCode())
                .isEqualTo(200);
        assertThat(served.get("/v1/access/" + "u".repeat(513) + "/premium").statusCode())
                .isEqualTo(400);
        assertThat(served.get("/v1/access/u/premium?scope=" + "s".repeat(9_000)).statusCode())
                .isEqualTo(414);
        assertThat(served.post("/v1/access", questions(1_000)).statusCode()).isEqualTo(200);
        assertThat(served.post("/v1/access", questions(1_001)).statusCode()).isEqualTo(400);
        var plain = served.request("/v1/access").POST(BodyPublishers.ofString("{}"));
        assertThat(served.send(plain).statusCode()).as("without a content type").isEqualTo(400);
    }

    private static String questions(int count) {
        var all = new JsonArray();
        for (var i = 0; i < count; i++) {
            all.add(new JsonObject().put("subject", "u").put("entitlement", "e"));
        }
        return new JsonObject().put("questions", all).encode();
    }

    /** The server does not read what is too much, so the client may see the end of the connection before the response. */
    @Test
    void what_is_far_too_large_is_not_read() {
        assertRefused(414, () -> served.get("/v1/access/u/premium?scope=" + "s".repeat(1_000_000)));
        assertRefused(413, () -> served.post("/v1/access", " ".repeat(600_000)));
        assertThat(served.get("/v1/access/u/premium").statusCode()).isEqualTo(200);
    }

    private static void assertRefused(int status, Supplier<HttpResponse<String>> request) {
        try {
            assertThat(request.get().statusCode()).isEqualTo(status);
        } catch (UncheckedIOException e) {
            // the connection was closed
        }
    }

    /** A browser sends the name of the site whose page asks, whatever address that name leads to. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "localhost, 200",
        "LOCALHOST, 200",
        "[::1], 200",
        "evil.example, 403",
        "127.0.0.1.evil.example, 403"
    })
    void without_callers_only_this_machine_is_answered(String host, int status) throws IOException {
        try (var socket = new Socket("127.0.0.1", URI.create(served.url()).getPort())) {
            socket.getOutputStream()
                    .write("GET /v1/access/u/premium HTTP/1.1\r\nhost: %s:1\r\nconnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status);
        }
    }
}
