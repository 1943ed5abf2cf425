package ipn.access.order;

import static ipn.access.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.access.Served;
import ipn.access.order.Orders.Outcome;
import ipn.avro.Order;
import ipn.client.testkit.FakeAccess;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders over HTTP, without Kafka behind. */
class OrderRoutesTest {
    private static final String SHOP = "s".repeat(32);
    private static final String PAGE = "p".repeat(32);
    private static final String SERVICES =
            ", services: {shop: {tokens: ['env:SHOP'], roles: [checkout]}, page: {tokens: ['env:PAGE'], roles: [service]}}";
    private static final List<String> WRITTEN = new CopyOnWriteArrayList<>();
    private static volatile Outcome outcome = Outcome.CREATED;
    private static Served served;

    @BeforeAll
    static void start() {
        served = Served.with(
                SERVICES,
                Map.of("SHOP", SHOP, "PAGE", PAGE),
                new FakeAccess(),
                Optional.of(new OrderRoutes(OrderRoutesTest::write)));
    }

    private static CompletableFuture<Outcome> write(Order order, String caller, String key) {
        WRITTEN.add("%s %s %s %d".formatted(caller, key, order.getOrderId(), order.getAmount()));
        return CompletableFuture.completedFuture(outcome);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void reset() {
        WRITTEN.clear();
        outcome = Outcome.CREATED;
    }

    private static HttpResponse<String> put(String path, String body, String... headers) {
        return served.send(served.request("/v1/orders/" + path, headers)
                .header("content-type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> put(String path, String body) {
        return put(path, body, "authorization", "Bearer " + SHOP, "idempotency-key", "k_1");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, 201, ",
        "UNCHANGED, 200, ",
        "OTHER_CONTENT, 409, OTHER_CONTENT",
        "KEY_USED, 409, KEY_USED",
        "LOADING, 503, LOADING",
        "BUSY, 503, BUSY",
        "UNCONFIRMED, 503, UNCONFIRMED",
    })
    void the_status_says_what_became_of_an_order(Outcome became, int status, String code) {
        outcome = became;
        var response = put("o_1", OrderBodyTest.ORDER);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 503);
        assertThat(json(response).getString("code")).isEqualTo(code);
        assertThat(WRITTEN).containsExactly("shop k_1 o_1 800");
    }

    @Test
    void only_a_checkout_writes_orders_and_it_asks_for_no_access() {
        var body = OrderBodyTest.ORDER;
        assertThat(put("o_1", body, "idempotency-key", "k_1").statusCode()).isEqualTo(401);
        assertThat(put("o_1", body, "authorization", "Bearer " + PAGE, "idempotency-key", "k_1")
                        .statusCode())
                .isEqualTo(403);
        for (var path : new String[] {"/v1/orders/o_1", "/v1//orders/o_1", "/v1/x/../orders/o_1", "/v1/%6Frders/o_1"}) {
            var request = served.request(path, "authorization", "Bearer " + PAGE, "idempotency-key", "k_1")
                    .header("content-type", "application/json")
                    .PUT(BodyPublishers.ofString(body));
            assertThat(served.send(request).statusCode()).as(path).isIn(403, 404, 405);
        }
        assertThat(served.get("/v1/access/u_42/premium", "authorization", "Bearer " + SHOP)
                        .statusCode())
                .isEqualTo(403);
        assertThat(WRITTEN).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{} {}", "nonsense"})
    void what_is_no_json_object_is_a_bad_request(String body) {
        assertThat(put("o_1", body).statusCode()).isEqualTo(400);
    }

    @Test
    void a_name_that_is_there_twice_or_too_much_depth_is_a_bad_request() {
        var twice = OrderBodyTest.ORDER.replace("\"amount\":800", "\"amount\":800,\"amount\":1");
        assertThat(put("o_1", twice).statusCode()).isEqualTo(400);
        assertThat(put("o_1", "{\"a\":" + "[".repeat(1_000)).statusCode()).isEqualTo(400);
        assertThat(WRITTEN).isEmpty();
    }

    @Test
    void what_is_no_order_is_named_with_all_that_is_wrong() {
        var response = put("o_1", "{\"amount\":-1}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).getString("code")).isEqualTo("INVALID_ORDER");
        assertThat(json(response).getJsonArray("problems")).hasSize(6);
        assertThat(put("o".repeat(201), OrderBodyTest.ORDER).statusCode()).isEqualTo(422);
        assertThat(WRITTEN).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b+c", "\u00fc\u4e16\uD83D\uDE00", "'; drop table orders --", "..a", "?x=1&y#z"})
    void an_id_has_any_characters(String id) {
        var path = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(json(put(path, OrderBodyTest.ORDER)).getString("orderId")).isEqualTo(id);
        assertThat(WRITTEN).containsExactly("shop k_1 " + id + " 800");
    }

    @Test
    void a_request_is_known_again_by_one_key() {
        var shop = "Bearer " + SHOP;
        assertThat(put("o_1", OrderBodyTest.ORDER, "authorization", shop).statusCode())
                .isEqualTo(400);
        for (var wrong : new String[] {"", "a\tb", "k".repeat(256)}) {
            assertThat(put("o_1", OrderBodyTest.ORDER, "authorization", shop, "idempotency-key", wrong)
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(put(
                                "o_1",
                                OrderBodyTest.ORDER,
                                "authorization",
                                shop,
                                "idempotency-key",
                                "k_1",
                                "idempotency-key",
                                "k_2")
                        .statusCode())
                .isEqualTo(400);
        assertThat(put("o_1", OrderBodyTest.ORDER, "authorization", shop, "idempotency-key", "\"quoted key\"")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void an_order_cannot_be_read_here() {
        assertThat(served.get("/v1/orders/o_1", "authorization", "Bearer " + SHOP)
                        .statusCode())
                .isEqualTo(405);
    }
}
