package ipn.access;

import static ipn.access.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ipn.access.http.ReadAudit;
import ipn.client.testkit.FakeAccess;
import ipn.polling.Polling;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who gets an answer, and what is noted about it. */
class CallersTest {
    private static final String TOKEN = "t".repeat(32);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TOKEN", TOKEN, "OLD", "o".repeat(32), "SHOP", "s".repeat(32), "ADA", "a".repeat(32));
    private static final String SERVICES = "services: {"
            + "page: {tokens: [\"env:TOKEN\", {secret: \"env:OLD\", until: 2020-01-01T00:00:00Z}], roles: [service]}, "
            + "shop: {tokens: [\"env:SHOP\"], roles: [checkout]}, ada: {tokens: [\"env:ADA\"], roles: [viewer]}}";

    private final Logger logger = (Logger) LoggerFactory.getLogger(ReadAudit.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    private static Served served(String more) {
        return Served.with(", " + SERVICES + more, ENVIRONMENT, new FakeAccess().grant("u_42", "premium"));
    }

    private static int status(Served served, String path, String token) {
        return served.get(path, "authorization", token).statusCode();
    }

    @Test
    void only_those_who_have_a_token_are_answered() {
        try (var served = served("")) {
            for (var path : new String[] {"/v1/access/u/premium", "/.well-known/authzen-configuration", "/nowhere"}) {
                var refused = served.get(path);
                assertThat(refused.statusCode()).as(path).isEqualTo(401);
                assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer");
                assertThat(json(refused).getString("code")).isEqualTo("NOT_AUTHENTIC");
            }
            assertThat(status(served, "/v1/access/u/premium", "Bearer " + TOKEN))
                    .isEqualTo(200);
            assertThat(status(served, "/v1/access/u/premium", "bearer " + TOKEN))
                    .isEqualTo(200);
            assertThat(served.post(
                                    "/v1/access",
                                    "{\"questions\":[{\"subject\":\"u\",\"entitlement\":\"e\"}]}",
                                    "authorization",
                                    "Bearer " + TOKEN)
                            .statusCode())
                    .as("a body that arrives while the caller is verified")
                    .isEqualTo(200);
            for (var wrong : new String[] {
                "Bearer " + ENVIRONMENT.get("OLD"), "Bearer " + TOKEN + "x", "Bearer", "Basic " + TOKEN, TOKEN
            }) {
                assertThat(status(served, "/v1/access/u/premium", wrong))
                        .as(wrong)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void a_role_is_needed_that_may_ask() {
        try (var served = served("")) {
            assertThat(status(served, "/v1/access/u/premium", "Bearer " + ENVIRONMENT.get("ADA")))
                    .isEqualTo(200);
            assertThat(status(served, "/v1/access/u/premium", "Bearer " + ENVIRONMENT.get("SHOP")))
                    .isEqualTo(403);
        }
    }

    @Test
    void who_asks_too_often_is_told_to_wait() {
        try (var served = served(", rate-limit: 1")) {
            var path = "/v1/access/u/premium";
            assertThat(status(served, path, "Bearer " + TOKEN)).isEqualTo(200);
            var second = served.get(path, "authorization", "Bearer " + TOKEN);
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("retry-after")).contains("1");
            assertThat(json(second).getString("code")).isEqualTo("TOO_MANY");
            assertThat(status(served, path, "Bearer " + ENVIRONMENT.get("ADA"))).isEqualTo(200);
        }
    }

    @Test
    void each_answer_to_a_person_is_noted_and_those_to_a_service_are_added_up_without_whom_they_are_about() {
        try (var served = served("")) {
            for (var i = 0; i < 3; i++) {
                assertThat(status(served, "/v1/access/u_42/premium?scope=secret", "Bearer " + TOKEN))
                        .isEqualTo(200);
            }
            assertThat(status(served, "/v1/access/u_42?access_token=secret", "Bearer " + ENVIRONMENT.get("ADA")))
                    .isEqualTo(400);
            assertThat(status(served, "/v1/access/u_42", "Bearer " + ENVIRONMENT.get("ADA")))
                    .isEqualTo(200);
            assertThat(Polling.upTo(Duration.ofSeconds(10)).until(() -> lines.list.size() == 2))
                    .as("people at once")
                    .isTrue();
        }
        assertThat(lines.list.stream().map(CallersTest::fields))
                .containsExactly(
                        "ada /v1/access/:subject 400 1 0",
                        "ada /v1/access/:subject 200 1 1",
                        "page /v1/access/:subject/:entitlement 200 3 3");
        assertThat(lines.list.toString()).doesNotContain("u_42").doesNotContain("secret");
    }

    private static String fields(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .map(pair -> String.valueOf(pair.value))
                .collect(Collectors.joining(" "));
    }
}
