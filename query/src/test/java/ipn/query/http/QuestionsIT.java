package ipn.query.http;

import static ipn.query.AnyRecord.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.Entitlement;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.SeenEvent;
import ipn.avro.Totals;
import ipn.query.AnyRecord;
import ipn.query.PipelineTopics;
import ipn.query.QuerySettings;
import ipn.query.QueryStage;
import ipn.query.ReadModel;
import ipn.query.Rebuild;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole stage, asked over HTTP. */
@Timeout(120)
class QuestionsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
    private static final int PAYMENTS = 25;

    private static PipelineTopics topics;
    private static ReadModel model;
    private static QuerySettings settings;
    private static QueryStage stage;

    @BeforeAll
    static void start() {
        topics = PipelineTopics.create(QuestionsIT.class, 2);
        model = ReadModel.create(QuestionsIT.class);
        settings = new QuerySettings(new ListenSettings("127.0.0.1", 0, Optional.empty(), 100_000), model.settings());
        topics.commit(() -> {
            IntStream.range(0, PAYMENTS).forEach(QuestionsIT::writePayment);
            topics.write(TopicCatalogue.ORDERS, "o_3", order());
            topics.writeDeadLetter("dl_1", "stripe/main/pi_3", 2);
        });
        stage = settings.start(topics.settings(), new SimpleMeterRegistry());
        model.awaitComplete();
    }

    @AfterAll
    static void stop() {
        stage.close();
        model.close();
        topics.close();
    }

    /** Payment n of user n, one each minute, n dollars; every third is without a user but has an order. */
    private static void writePayment(int n) {
        var any = new AnyRecord(n);
        var key = "stripe/main/pi_" + n;
        var payment = any.of(PaymentState.class);
        set(payment, "paymentKey", key);
        set(payment, "gateway", "stripe");
        set(payment, "status", n % 2 == 0 ? PaymentStatus.COMPLETED : PaymentStatus.FAILED);
        set(payment, "references", n % 3 == 0 ? Map.of("order", "o_" + n) : Map.of("subject", "u_" + n));
        set(payment, "totals", List.of(new Totals("USD", 0L, n * 100L, 0L, 0L, 0L, 0L)));
        set(payment, "events", List.of(new SeenEvent("stripe/main/evt_" + n, FIRST, "f")));
        payment.getFacts().clear();
        var fact = any.of(FactRow.class);
        set(fact, "kind", FactKind.CAPTURED);
        set(fact, "id", "ch_" + n);
        set(fact, "firstAt", FIRST.plusSeconds(60L * n));
        payment.getFacts().add(fact);
        topics.write(TopicCatalogue.PAYMENTS, key, payment);
        var outcome = any.of(Outcome.class);
        set(outcome, "paymentKey", key);
        set(outcome.getSource(), "offset", (long) n);
        topics.write(TopicCatalogue.OUTCOMES, key, outcome);
        var discrepancy = any.of(Discrepancy.class);
        set(discrepancy, "discrepancyId", "UNDERPAID/" + key);
        set(discrepancy, "paymentKey", key);
        set(discrepancy, "subject", "u_" + n);
        set(discrepancy, "state", DiscrepancyState.OPEN);
        topics.write(TopicCatalogue.DISCREPANCIES, key, discrepancy);
        var entitlement = any.of(Entitlement.class);
        set(entitlement.getLast(), "subject", "u_" + n);
        set(entitlement.getLast(), "paymentKey", key);
        topics.write(TopicCatalogue.ENTITLEMENT_STATE, "u_" + n + "/premium", entitlement);
        var notification = any.of(NotificationCommand.class);
        set(notification, "notificationId", "n_" + n);
        set(notification, "subject", "u_" + n);
        topics.write(TopicCatalogue.NOTIFICATIONS, "u_" + n, notification);
    }

    private static Order order() {
        var order = new AnyRecord(3).of(Order.class);
        set(order, "orderId", "o_3");
        set(order, "subject", "u_3");
        return order;
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + stage.port() + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static JsonNode ask(String path) throws IOException, InterruptedException {
        var response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        var answer = JSON.readTree(response.body());
        assertThat(Instant.parse(answer.path("as_of").asText())).isAfter(FIRST);
        assertThat(answer.path("age_ms").asLong()).isBetween(0L, 60_000L);
        return answer;
    }

    private static List<String> keys(JsonNode list, String field) {
        var keys = new ArrayList<String>();
        list.forEach(row -> keys.add(row.path(field).asText()));
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stripe/main/pi_3", "stripe%2Fmain%2Fpi_3"})
    void everything_about_a_payment(String key) throws Exception {
        var answer = ask("/v1/payments/" + key);

        assertThat(answer.path("payment").path("captured").asLong()).isEqualTo(300);
        assertThat(answer.path("payment").path("facts").path(0).path("id").asText())
                .isEqualTo("ch_3");
        assertThat(answer.path("order").path("order_id").asText()).isEqualTo("o_3");
        assertThat(answer.path("outcomes").path(0).path("source_offset").asLong())
                .isEqualTo(3);
        assertThat(keys(answer.path("discrepancies"), "discrepancy_id")).containsExactly("UNDERPAID/stripe/main/pi_3");
        assertThat(keys(answer.path("entitlements"), "subject")).containsExactly("u_3");
        assertThat(answer.path("dead_letters").path(0).path("status").asText()).isEqualTo("OPEN");
        assertThat(answer.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void everything_about_an_order_and_a_user() throws Exception {
        var order = ask("/v1/orders/o_3");
        assertThat(order.path("order").path("subject").asText()).isEqualTo("u_3");
        assertThat(keys(order.path("payments"), "payment_key")).containsExactly("stripe/main/pi_3");

        var user = ask("/v1/users/u_3");
        assertThat(keys(user.path("payments"), "payment_key"))
                .as("by the order")
                .containsExactly("stripe/main/pi_3");
        assertThat(keys(user.path("orders"), "order_id")).containsExactly("o_3");
        assertThat(keys(user.path("notifications"), "notification_id")).containsExactly("n_3");
        assertThat(keys(ask("/v1/users/u_4").path("payments"), "payment_key")).containsExactly("stripe/main/pi_4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/payments?charge=ch_7",
                "/v1/payments?charge=pi_7",
                "/v1/payments?event=evt_7",
                "/v1/payments?event=stripe/main/evt_7",
                "/v1/search?user=u_7",
                "/v1/search?amount=700&currency=USD",
                "/v1/search?text=evt_7",
                "/v1/search?text=stripe/main/pi_7",
                "/v1/search?from=2026-11-01T00:07:00Z&to=2026-11-01T00:08:00Z&gateway=stripe&status=FAILED"
            })
    void a_payment_is_found_by_what_it_knows(String question) throws Exception {
        assertThat(keys(ask(question).path("payments"), "payment_key")).containsExactly("stripe/main/pi_7");
    }

    @Test
    void a_payment_is_found_by_its_order() throws Exception {
        assertThat(keys(ask("/v1/payments?order=o_3").path("payments"), "payment_key"))
                .containsExactly("stripe/main/pi_3");
        assertThat(keys(ask("/v1/search?user=u_3").path("payments"), "payment_key"))
                .containsExactly("stripe/main/pi_3");
    }

    @Test
    void pages_show_every_row_once_the_newest_first() throws Exception {
        var found = new ArrayList<String>();
        var next = "";
        do {
            var page = ask("/v1/search?limit=7" + (next.isEmpty() ? "" : "&cursor=" + next));
            found.addAll(keys(page.path("payments"), "payment_key"));
            next = page.path("next").asText();
        } while (!next.isEmpty());

        assertThat(found)
                .containsExactlyElementsOf(IntStream.range(0, PAYMENTS)
                        .mapToObj(n -> "stripe/main/pi_" + (PAYMENTS - 1 - n))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/discrepancies?state=OPEN&user=u_5, discrepancies, 1",
        "/v1/discrepancies?state=CLOSED, discrepancies, 0",
        "/v1/dead-letters?status=OPEN&reason=MALFORMED, dead_letters, 1",
        "/v1/dead-letters?status=DISCARDED, dead_letters, 0",
        "/v1/ledger?payment=none, entries, 0",
        "/v1/notifications?user=u_5, notifications, 1",
    })
    void lists(String question, String name, int size) throws Exception {
        assertThat(ask(question).path(name)).hasSize(size);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/payments/stripe/main/none, 404, not_found",
        "/v1/users/none, 404, not_found",
        "/v1/nothing, 404, no_such_question",
        "/v1/search?usr=u_7, 400, bad_parameter",
        "/v1/search?user=u_7&user=u_8, 400, bad_parameter",
        "/v1/search?user=, 400, bad_parameter",
        "/v1/search?user=a%00b, 400, bad_parameter",
        "/v1/search?amount=-1, 400, bad_parameter",
        "/v1/search?amount=8.00, 400, bad_parameter",
        "/v1/search?amount=99999999999999999999, 400, bad_parameter",
        "/v1/search?from=yesterday, 400, bad_parameter",
        "/v1/search?from=+1000000-01-01T00:00:00Z, 400, bad_parameter",
        "/v1/search?user=%zz, 400, bad_request",
        "/v1/search?limit=201, 400, bad_parameter",
        "/v1/search?cursor=abc, 400, bad_parameter",
        "/v1/search?cursor=WzEsMl0, 400, bad_parameter",
        "/v1/users/%, 400, bad_request",
        "/v1/users/a%00b, 400, bad_request",
    })
    void what_is_no_question_is_a_problem(String path, int status, String code) throws Exception {
        var response = raw(path);

        assertThat(response).startsWith("HTTP/1.1 " + status + " ");
        assertThat(response).contains("application/problem+json", "\"code\":\"" + code + "\"");
        assertThat(response).doesNotContain("u_7", "usr", "yesterday", "Exception");
    }

    /** Sends a path as it is, which a client would not. */
    private static String raw(String path) throws IOException {
        return raw(path, "127.0.0.1");
    }

    private static String raw(String path, String host) throws IOException {
        try (var socket = new Socket("127.0.0.1", stage.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n"
                            .formatted(path, host)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void only_programs_of_this_machine_may_ask_and_no_page_of_another_site_through_a_browser() throws Exception {
        assertThat(raw("/v1/users/u_4", "rebound.example.com")).startsWith("HTTP/1.1 403 ");
        assertThat(raw("/v1/users/u_4", "localhost:" + stage.port())).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_large_request_line_is_refused() throws Exception {
        assertThat(raw("/v1/search?user=" + "x".repeat(1024 * 1024))).contains(" 414 ", "uri_too_long");
    }

    @Test
    void other_methods_are_not_understood() throws Exception {
        var uri = URI.create("http://127.0.0.1:" + stage.port() + "/v1/search");
        var response = CLIENT.send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.ofString());
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
                if (filter.kind() == Kind.TEXT) {
                    assertThat(ask(listing.path() + "?" + filter.parameter() + "=" + encoded)
                                    .path(listing.name()))
                            .as(filter.parameter())
                            .isEmpty();
                }
            }
        }
        for (var whole : Wholes.ALL) {
            assertThat(get(whole.path() + encoded.replace("+", "%20")).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_rebuild_ends_with_the_same_rows_while_the_stage_runs() throws Exception {
        var before = model.rows();
        var last = Rebuild.run(settings, topics.settings(), Clock.systemUTC(), step -> {});

        assertThat(last.complete()).isTrue();
        assertThat(last.records()).isPositive().isEqualTo(last.total());
        assertThat(model.rows()).isEqualTo(before);
        assertThat(ask("/v1/payments?charge=ch_7").path("payments")).hasSize(1);
    }

    @Test
    void it_describes_itself() throws Exception {
        assertThat(get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    }
}
