package ipn.access.ofrep;

import static ipn.access.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import ipn.access.Served;
import ipn.client.AccessKey;
import ipn.client.testkit.FakeAccess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfrepRoutesTest {
    private static final String FLAGS = "/ofrep/v1/evaluate/flags";
    private static final FakeAccess ACCESS = new FakeAccess()
            .grant("u_1", "premium")
            .decide(AccessKey.of("u_1", "promotion", "post_7"), granted -> granted);
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
        ACCESS.setAge(Duration.ZERO);
    }

    @Test
    void an_entitlement_is_a_boolean_flag() {
        var flag = json(served.post(FLAGS + "/premium", context("u_1", "")));

        assertThat(flag.getMap())
                .containsEntry("key", "premium")
                .containsEntry("value", true)
                .containsEntry("reason", "TARGETING_MATCH")
                .containsEntry("variant", "active");
        assertThat(flag.getJsonObject("metadata").getMap())
                .containsEntry("reason", "PAID")
                .containsEntry("revision", 1)
                .containsEntry("decidedBy", "fake/main/u_1")
                .containsKey("dataAgeMillis");
    }

    @Test
    void the_context_names_a_scope() {
        assertThat(value("promotion", context("u_1", ", \"scope\": \"post_7\"")))
                .isTrue();
        assertThat(value("promotion", context("u_1", ""))).isFalse();
    }

    @Test
    void who_has_nothing_gets_the_default_reason() {
        var flag = json(served.post(FLAGS + "/premium", context("u_2", "")));

        assertThat(flag.getBoolean("value")).isFalse();
        assertThat(flag.getString("reason")).isEqualTo("DEFAULT");
    }

    @Test
    void old_data_is_stale_and_then_no_value() {
        ACCESS.setAge(Duration.ofMinutes(1));

        assertThat(json(served.post(FLAGS + "/premium", context("u_1", ""))).getString("reason"))
                .isEqualTo("STALE");
        var response = served.post(FLAGS + "/premium", context("u_1", ", \"maxAge\": 59"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).getString("errorCode")).isEqualTo("GENERAL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PARSE_ERROR           | {",
                "PARSE_ERROR           | []",
                "TARGETING_KEY_MISSING | {}",
                "TARGETING_KEY_MISSING | {\"context\": {}}",
                "INVALID_CONTEXT       | {\"context\": 7}",
                "INVALID_CONTEXT       | {\"context\": {\"targetingKey\": 7}}",
                "INVALID_CONTEXT       | {\"context\": {\"targetingKey\": \"u\", \"scope\": []}}",
            })
    void a_wrong_request_has_openfeatures_code(String code, String body) {
        var response = served.post(FLAGS + "/premium", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("errorCode")).isEqualTo(code);
        assertThat(json(response).getString("key")).isEqualTo("premium");
        assertThat(served.post(FLAGS, body).statusCode()).isEqualTo(400);
    }

    @Test
    void all_flags_have_a_tag_that_stays_until_something_changes() {
        var first = served.post(FLAGS, context("u_3", ""));
        var tag = first.headers().firstValue("etag").orElseThrow();
        assertThat(json(first).getJsonArray("flags").stream().map(each -> ((JsonObject) each).getString("key")))
                .containsExactly("premium", "promotion");

        ACCESS.setAge(Duration.ofMillis(900));
        var second = served.post(FLAGS, context("u_3", ""), "if-none-match", "\"other\", " + tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();

        ACCESS.grant("u_3", "premium");
        var third = served.post(FLAGS, context("u_3", ""), "if-none-match", tag);
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(third.headers().firstValue("etag"))
                .isPresent()
                .isNotEqualTo(first.headers().firstValue("etag"));
    }

    @Test
    void without_data_there_are_no_flags() {
        ACCESS.setNotLoaded();

        assertThat(served.post(FLAGS, context("u_1", "")).statusCode()).isEqualTo(503);
    }

    private static String context(String subject, String more) {
        return "{\"context\": {\"targetingKey\": \"%s\"%s}}".formatted(subject, more);
    }

    private static boolean value(String key, String context) {
        return json(served.post(FLAGS + "/" + key, context)).getBoolean("value");
    }
}
