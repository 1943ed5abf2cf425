package ipn.gateway.shopify;

import static ipn.gateway.shopify.ShopifyUnderTest.listener;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Listener;
import ipn.gateway.Delivery;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers are not signed, so all they can do is contradict the body. */
class ShopifyHeadersTest {
    private static final Map<String, String> BODIES = new LinkedHashMap<>(Map.of(
            "orders/paid", Bodies.ORDER,
            "order_transactions/create", Bodies.TRANSACTION,
            "refunds/create", Bodies.REFUND,
            "disputes/create", Bodies.DISPUTE,
            "orders/risk_assessment_changed", Bodies.RISK,
            "subscription_contracts/update", Bodies.CONTRACT,
            "subscription_billing_attempts/success", Bodies.ATTEMPT));

    static Stream<Arguments> contradictions() {
        var all = new ArrayList<Arguments>();
        BODIES.keySet()
                .forEach(topic -> BODIES.keySet().stream()
                        .filter(other -> !other.equals(topic))
                        .forEach(other -> all.add(Arguments.of(topic, other))));
        return all.stream();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_that_is_what_its_topic_says_is_taken(boolean namesItself) {
        BODIES.forEach((topic, body) -> assertThat(listener(topic).translated(plain(body, namesItself)))
                .as(topic)
                .isInstanceOf(Translation.Understood.class));
    }

    @ParameterizedTest(name = "topic {0}, body of {1}")
    @MethodSource("contradictions")
    void a_body_under_the_topic_of_another_is_refused(String topic, String other) {
        for (var namesItself : List.of(true, false)) {
            assertThat(listener(topic).refusal(plain(BODIES.get(other), namesItself)))
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    /** The body with its own name of what it is, or without. */
    private static String plain(String body, boolean namesItself) {
        return namesItself ? body : body.replace("'admin_graphql_api_id'", "'x'");
    }

    @Test
    void a_body_that_says_itself_it_is_something_else_is_refused() {
        assertThat(listener("orders/paid").refusal(Bodies.ORDER.replace("Order/55", "DraftOrder/55")))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void success_and_failure_of_a_billing_attempt_cannot_be_exchanged() {
        var failed = Bodies.ATTEMPT.replace("'error_code': null", "'error_code': 'expired_payment_method'");
        assertThat(listener("subscription_billing_attempts/success").refusal(failed))
                .isEqualTo(Reason.MALFORMED);
        assertThat(listener("subscription_billing_attempts/failure").refusal(Bodies.ATTEMPT))
                .isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"other-shop.myshopify.com", "test-shop.myshopify.com.example", "''"})
    void a_delivery_of_another_shop_is_refused(String shop) {
        assertThat(listener("orders/paid").with("x-shopify-shop-domain", shop).refusal(Bodies.ORDER))
                .isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(new Listener(listener("x/y").account(), Map.of("x-shopify-topic", "orders/paid"))
                        .refusal(Bodies.ORDER))
                .isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(listener("orders/paid")
                        .with("x-shopify-shop-domain", "Test-Shop.myshopify.com")
                        .translated(Bodies.ORDER))
                .isInstanceOf(Translation.Understood.class);
        var any = new Listener(
                ShopifyUnderTest.open("{mode: test, secrets: 'env:SHOPIFY', shop: any}"),
                Map.of("x-shopify-topic", "orders/paid", "x-shopify-shop-domain", shop));
        assertThat(any.translated(Bodies.ORDER)).isInstanceOf(Translation.Understood.class);
    }

    @ParameterizedTest
    @CsvSource({
        "test, true, '', true",
        "live, true, '', false",
        "test, false, '', false",
        "live, false, '', true",
        "live, false, true, true",
        "live, null, true, false",
        "live, null, false, true",
        "test, null, true, true",
        "test, null, '', false"
    })
    void the_body_says_whether_it_is_a_test_and_where_it_does_not_the_header(
            String mode, String body, String header, boolean taken) {
        var account = listener(mode, "orders/paid").with("x-shopify-test", header);
        var order = Bodies.ORDER.replace("'test': true", "'test': " + body);
        if (taken) {
            assertThat(account.translated(order)).isInstanceOf(Translation.Understood.class);
        } else {
            assertThat(account.refusal(order)).isEqualTo(Reason.WRONG_MODE);
        }
    }

    @Test
    void what_tells_no_mode_at_all_is_taken_in_both() {
        for (var mode : List.of("test", "live")) {
            assertThat(listener(mode, "disputes/create").translated(Bodies.DISPUTE))
                    .isInstanceOf(Translation.Understood.class);
        }
        assertThat(listener("live", "refunds/create").refusal(Bodies.REFUND)).isEqualTo(Reason.WRONG_MODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"customers/data_request", "customers/redact", "shop/redact", "app/uninstalled", "products/update"
            })
    void privacy_requests_and_unknown_topics_are_acknowledged_and_keep_their_name(String topic) {
        var account = listener(topic);
        assertThat(account.translated("{'shop_id': 1, 'shop_domain': 'test-shop.myshopify.com', 'id': 1}"))
                .isEqualTo(new Translation.Ignored(topic));
        assertThat(account.item("{'shop_id': 1}").type()).isEqualTo(topic);
        assertThat(account.account().acknowledgement().status()).isEqualTo(200);
    }

    @Test
    void without_a_topic_nothing_is_understood() {
        assertThat(listener(" ").refusal(Bodies.ORDER)).isEqualTo(Reason.MALFORMED);
        assertThat(listener("orders/paid")
                        .with("shopify-topic", "orders/cancelled")
                        .refusal(Bodies.ORDER))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void what_is_sent_again_keeps_its_webhook_id_or_else_topic_and_body_tell() {
        assertThat(listener("orders/paid").item(Bodies.ORDER).eventKey()).isEqualTo("shopify/main/wh_1");
        var nameless = listener("orders/paid").with("x-shopify-webhook-id", "");
        var key = nameless.item(Bodies.ORDER).eventKey();
        assertThat(key)
                .startsWith("shopify/main/sha256:")
                .isEqualTo(nameless.item(Bodies.ORDER).eventKey())
                .isNotEqualTo(nameless.item(Bodies.ORDER + " ").eventKey())
                .isNotEqualTo(nameless.with("x-shopify-topic", "orders/create")
                        .item(Bodies.ORDER)
                        .eventKey());
    }

    @Test
    void deliveries_of_the_newer_family_are_read_alike() {
        var body = Bodies.ORDER.replace('\'', '"').getBytes(UTF_8);
        var headers = Map.of(
                "shopify-hmac-sha256", List.of(ShopifySignature.sign(body, ShopifyUnderTest.SECRET)),
                "shopify-topic", List.of("orders/paid"),
                "shopify-shop-domain", List.of("test-shop.myshopify.com"),
                "shopify-webhook-id", List.of("wh_1"));
        var delivery = new Delivery(headers, Bytes.wrap(body), GatewayUnderTest.RECEIVED_AT);
        var account = new ShopifyUnderTest().account();
        assertThat(judge(delivery)).isInstanceOf(Genuine.class);
        var item = account.identify(delivery).get(0);
        assertThat(item).isEqualTo(listener("orders/paid").item(Bodies.ORDER));
        assertThat(account.translate(delivery, item))
                .isEqualTo(listener("orders/paid").translated(Bodies.ORDER));
        assertThat(account.keptHeaders()).containsAll(headers.keySet());
    }

    @Test
    void signatures_of_both_families_at_once_are_one_too_many() {
        var signature = List.of(ShopifySignature.sign("{}".getBytes(UTF_8), ShopifyUnderTest.SECRET));
        var both = Map.of("shopify-hmac-sha256", signature, "x-shopify-hmac-sha256", signature);
        assertThat(judge(new Delivery(both, Bytes.utf8("{}"), GatewayUnderTest.RECEIVED_AT)))
                .isEqualTo(new Rejected(Verdict.Reason.SIGNATURE_AMBIGUOUS));
        assertThat(judge(new Delivery(Map.of(), Bytes.utf8("{}"), GatewayUnderTest.RECEIVED_AT)))
                .isEqualTo(new Rejected(Verdict.Reason.SIGNATURE_MISSING));
    }

    private static Verdict judge(Delivery delivery) {
        return new ShopifyUnderTest()
                .account()
                .authenticate(delivery, GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .join();
    }
}
