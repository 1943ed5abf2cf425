package ipn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.query.IndexedTopics;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are no questions, or should not be answered. */
@Timeout(120)
class WrongQuestionsIT {
    private static AskedStage stage;

    @BeforeAll
    static void start() {
        stage = AskedStage.start(WrongQuestionsIT.class);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/payments/stripe/main/none, 404, NOT_FOUND",
        "/v1/users/none, 404, NOT_FOUND",
        "/v1/nothing, 404, NO_SUCH_QUESTION",
        "/v1/search?usr=u_7, 400, BAD_PARAMETER",
        "/v1/search?user=u_7&user=u_8, 400, BAD_PARAMETER",
        "/v1/search?user=, 400, BAD_PARAMETER",
        "/v1/search?user=a%00b, 400, BAD_PARAMETER",
        "/v1/search?amount=-1, 400, BAD_PARAMETER",
        "/v1/search?amount=8.00, 400, BAD_PARAMETER",
        "/v1/search?amount=99999999999999999999, 400, BAD_PARAMETER",
        "/v1/search?from=yesterday, 400, BAD_PARAMETER",
        "/v1/search?from=+1000000-01-01T00:00:00Z, 400, BAD_PARAMETER",
        "/v1/search?user=%zz, 400, BAD_REQUEST",
        "/v1/search?limit=201, 400, BAD_PARAMETER",
        "/v1/search?cursor=abc, 400, BAD_PARAMETER",
        "/v1/search?cursor=WzEsMl0, 400, BAD_PARAMETER",
        "/v1/users/%, 400, BAD_REQUEST",
        "/v1/users/a%00b, 400, BAD_REQUEST",
        "/v1/search?email=ada@example.com, 400, BAD_PARAMETER",
        "/v1/search?email=ABCDEF, 400, BAD_PARAMETER",
        "/v1/dead-letters?attempts=many, 400, BAD_PARAMETER",
        "/v1/dead-letters?account=../x, 400, BAD_PARAMETER",
        "/v1/discrepancies?account=a/b/c, 400, BAD_PARAMETER",
        "/v1/explain, 400, BAD_PARAMETER",
        "/v1/explain?user=u_7&payment=stripe/main/pi_7, 400, BAD_PARAMETER",
        "/v1/explain?user=u_7&user=u_8, 400, BAD_PARAMETER",
        "/v1/explain?user=a%00b, 400, BAD_PARAMETER",
        "/v1/explain?user=u_7&at=yesterday, 400, BAD_PARAMETER",
        "/v1/explain?user=u_7&at=2999-01-01T00:00:00Z, 400, BAD_PARAMETER",
        "/v1/explain?usr=u_7, 400, BAD_PARAMETER",
        "/v1/explain?user=nobody-knows-me, 404, NOT_FOUND",
        "/v1/explain?payment=stripe/main/none, 404, NO_USER",
        "/v1/records, 400, BAD_PARAMETER",
        "/v1/records?from=raw&key=a, 400, BAD_PARAMETER",
        "/v1/records?from=payments&usr=u_7, 400, BAD_PARAMETER",
        "/v1/records?from=payments&key=, 400, BAD_PARAMETER",
        "/v1/records?from=payments&newest=-1, 400, BAD_PARAMETER",
        "/v1/records?from=dlq-list&status=closed, 400, BAD_PARAMETER",
        "/v1/records?from=dlq-list&status=OPEN&status=OPEN, 400, BAD_PARAMETER",
    })
    void what_is_no_question_is_a_problem(String path, int status, String code) throws Exception {
        var response = stage.raw(path, "127.0.0.1");

        assertThat(response).startsWith("HTTP/1.1 " + status + " ");
        assertThat(response).contains("application/problem+json", "\"code\":\"" + code + "\"");
        assertThat(response).doesNotContain("u_7", "usr", "yesterday", "Exception");
    }

    @Test
    void only_programs_of_this_machine_may_ask_and_no_page_of_another_site_through_a_browser() throws Exception {
        assertThat(stage.raw("/v1/users/u_4", "rebound.example.com")).startsWith("HTTP/1.1 403 ");
        assertThat(stage.raw("/v1/users/u_4", "localhost:" + stage.stage().port()))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_large_request_line_is_refused() throws Exception {
        assertThat(stage.raw("/v1/search?user=" + "x".repeat(1024 * 1024), "127.0.0.1"))
                .contains(" 414 ", "URI_TOO_LONG");
    }

    @Test
    void other_methods_are_not_understood() throws Exception {
        var response = stage.send(HttpRequest.newBuilder().DELETE(), "/v1/search");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE payments; --",
                "' OR '1'='1",
                "\\",
                "%",
                "_",
                "?",
                "$1",
                "u_7'::text",
                "ids",
                "{}",
                "[\"a\"]",
                "\ud83d\ude00",
            })
    void text_is_never_sql(String text) throws Exception {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        for (var listing : Listings.ALL) {
            for (var filter : listing.filters()) {
                var isPartOfKey = filter.parameter().equals("text") && text.equals("_");
                if (filter.kind() == Kind.TEXT && !isPartOfKey) {
                    assertThat(stage.ask(listing.path() + "?" + filter.parameter() + "=" + encoded)
                                    .path(listing.name()))
                            .as(filter.parameter())
                            .isEmpty();
                }
            }
        }
        assertThat(stage.get("/v1/explain?user=" + encoded).statusCode()).isEqualTo(404);
        assertThat(stage.get("/v1/explain?payment=" + encoded).statusCode()).isEqualTo(404);
        for (var topic : IndexedTopics.USUAL.names(stage.topics().settings()).keySet()) {
            for (var table : RecordTables.named(topic).stream().toList()) {
                for (var term : table.terms()) {
                    assertThat(stage.ask("/v1/records?from=" + topic + "&newest=1&" + term.name() + "=" + encoded)
                                    .path("records"))
                            .as(topic + " " + term.name())
                            .isEmpty();
                }
            }
        }
        for (var whole : Wholes.ALL) {
            assertThat(stage.get(whole.path() + encoded.replace("+", "%20")).statusCode())
                    .isEqualTo(404);
        }
    }
}
