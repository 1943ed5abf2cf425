package ipn.gateway.googleplay;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static ipn.gateway.googleplay.Documents.ACTIVE;
import static ipn.gateway.googleplay.Documents.ORDER;
import static ipn.gateway.googleplay.Documents.PROCESSED;
import static ipn.gateway.googleplay.Documents.PRODUCT;
import static ipn.gateway.googleplay.Documents.PURCHASED;
import static ipn.gateway.googleplay.Documents.SUBSCRIPTION;
import static ipn.gateway.googleplay.TestGoogle.says;
import static ipn.gateway.googleplay.TestGoogle.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import ipn.conformance.LocalPeer;
import ipn.conformance.TestFiles;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.NotificationTime;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictJson;
import ipn.gateway.signature.CompactJws;
import ipn.gateway.signature.JwsAlgorithm;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at because of a notification, and what happens while nothing can be seen. */
@Timeout(60)
class LooksTest {
    private static final String VOIDED =
            "'voidedPurchaseNotification': {'purchaseToken': '%s', 'orderId': '%s', 'productType': %s, 'refundType': 1}";

    private final LocalGoogle google = new LocalGoogle();
    private final GatewayAccount account = google.open("api-credentials: 'env:PLAY', ");

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void a_subscription_and_the_order_that_paid_for_it_are_stored_beside_the_notification() {
        google.has(SUBSCRIPTION, ACTIVE).has(ORDER, PROCESSED);
        var fetched = fetched(subscription(2, "tok_new"));
        assertThat(fetched)
                .extracting(each -> each.fetchedFrom().orElseThrow())
                .containsExactly(SUBSCRIPTION.url(), ORDER.url());
        assertThat(fetched).extracting(Delivery::body).containsExactly(json(ACTIVE), json(PROCESSED));
        assertThat(fetched).allSatisfy(each -> {
            assertThat(each.header(NotificationTime.HEADER)).contains(SIGNED_AT.toString());
            assertThat(each.header("content-type")).contains("application/json");
            assertThat(each.receivedAt()).isEqualTo(TestGoogle.RECEIVED_AT);
            assertThat(each.headers()).as("no credentials").containsOnlyKeys("content-type", NotificationTime.HEADER);
            assertThat(account.identify(each).get(0).paymentKey()).isEqualTo("google-play/main/tok_new");
        });
    }

    @Test
    void a_product_and_its_order_are_looked_at() {
        google.has(PRODUCT, PURCHASED).has(ORDER, PROCESSED.replace("tok_new", "tok_one"));
        assertThat(
                        urls(
                                says(
                                        "'oneTimeProductNotification': {'notificationType': 1, 'purchaseToken': 'tok_one', 'sku': 'promo_25'}")))
                .containsExactly(PRODUCT.url(), ORDER.url());
    }

    @Test
    void of_what_was_voided_the_order_named_is_looked_at_once() {
        google.has(PRODUCT, PURCHASED).has(SUBSCRIPTION, ACTIVE).has(ORDER, PROCESSED);
        assertThat(urls(says(VOIDED.formatted("tok_one", ORDER.id(), "2"))))
                .containsExactly(PRODUCT.url(), ORDER.url());
        assertThat(urls(says(VOIDED.formatted("tok_new", ORDER.id(), "1"))))
                .containsExactly(SUBSCRIPTION.url(), ORDER.url());
    }

    @Test
    void without_a_purchase_that_tells_test_money_from_real_no_order_is_looked_at() {
        google.has(ORDER, PROCESSED);
        assertThat(fetched(says(VOIDED.formatted("tok_long_gone", ORDER.id(), "1"))))
                .isEmpty();
        google.answers(SUBSCRIPTION, LocalPeer.replying(410, "{}"));
        assertThat(fetched(says(VOIDED.formatted("tok_new", ORDER.id(), "1")))).isEmpty();
        assertThat(google.requests()).doesNotContain(URI.create(ORDER.url()).getRawPath());
    }

    @Test
    void orders_of_the_other_mode_are_left_alone() {
        google.has(SUBSCRIPTION, ACTIVE.replace("'testPurchase': {}", "'x': {}"))
                .has(ORDER, PROCESSED);
        assertThat(urls(subscription(2, "tok_new"))).containsExactly(SUBSCRIPTION.url());
        google.has(PRODUCT, PURCHASED.replace("testPurchaseContext", "x"));
        assertThat(urls(says(VOIDED.formatted("tok_one", ORDER.id(), "2")))).containsExactly(PRODUCT.url());
    }

    @Test
    void of_many_items_eight_orders_are_looked_at() {
        var lines = new StringBuilder();
        for (var i = 0; i < 20; i++) {
            var place = new PublisherResource(PublisherResource.Kind.ORDER, TestGoogle.PACKAGE, "GPA." + i);
            google.has(place, PROCESSED);
            lines.append("{'productId': 'p', 'latestSuccessfulOrderId': 'GPA.")
                    .append(i)
                    .append("'},");
        }
        google.has(SUBSCRIPTION, ACTIVE.replace("'lineItems': [", "'lineItems': [" + lines));
        assertThat(urls(subscription(2, "tok_new"))).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'testNotification': {'version': '1.0'}",
                "'brandNewNotification': {'purchaseToken': 'tok_new'}",
                "'pendingRefundReviewNotification': {'orderId': 'GPA.1'}",
                "'subscriptionNotification': {'notificationType': 2}",
                "'subscriptionNotification': {'notificationType': 2, 'purchaseToken': 'a b'}",
                "'voidedPurchaseNotification': {'purchaseToken': 'tok_new', 'orderId': 'GPA.1', 'productType': 3}"
            })
    void where_there_is_nothing_to_see_nobody_is_asked(String member) {
        assertThat(fetched(says(member))).isEmpty();
        assertThat(google.requests()).containsOnly(LocalGoogle.CERTS);
    }

    @Test
    void because_of_what_is_not_ours_nobody_is_asked() {
        assertThat(fetched(
                        Bytes.utf8(subscription(2, "tok_new").utf8().replace(TestGoogle.PACKAGE, "com.example.other"))))
                .isEmpty();
        var other = TestGoogle.envelope(subscription(2, "tok_new")).utf8().replace("play-rtdn-push", "another");
        assertThat(((Genuine) judged(
                                TestGoogle.delivery(Bytes.utf8(other), "Bearer " + TestGoogle.token(SIGNED_AT)),
                                SIGNED_AT))
                        .fetched())
                .isEmpty();
        var forged = TestGoogle.delivery(TestGoogle.envelope(subscription(2, "tok_new")), "Bearer a.b.c");
        assertThat(judged(forged, SIGNED_AT)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(google.requests()).containsOnly(LocalGoogle.CERTS);
    }

    @Test
    void without_credentials_only_the_notification_counts() {
        google.has(SUBSCRIPTION, ACTIVE);
        var verdict = google.listening()
                .authenticate(TestGoogle.push(subscription(2, "tok_new"), SIGNED_AT), SIGNED_AT)
                .toCompletableFuture()
                .join();
        assertThat(verdict).isEqualTo(new Genuine("oidc-rs256", "testkid2"));
        assertThat(google.requests()).containsOnly(LocalGoogle.CERTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410})
    void a_purchase_google_does_not_know_leaves_the_notification_alone(int status) {
        google.answers(SUBSCRIPTION, LocalPeer.replying(status, "{}"));
        assertThat(fetched(subscription(13, "tok_new"))).isEmpty();
        google.has(SUBSCRIPTION, ACTIVE).answers(ORDER, LocalPeer.replying(status, "{}"));
        assertThat(urls(subscription(2, "tok_new"))).containsExactly(SUBSCRIPTION.url());
    }

    static Stream<HttpHandler> useless() {
        return Stream.of(
                LocalPeer.replying(500, "{}"),
                LocalPeer.replying(503, ""),
                LocalPeer.replying(429, "{}"),
                LocalPeer.replying(403, "{}"),
                LocalPeer.replying(401, "{}"),
                LocalPeer.replying(302, ""),
                LocalPeer.replying(202, "{}"),
                LocalPeer.replying("<html>"),
                LocalPeer.replying("[]"),
                LocalPeer.replying(""),
                LocalPeer.replying("{\"state\":1,\"state\":2}"),
                LocalPeer.replying("{\"a\":\"" + "x".repeat(300_000) + "\"}"),
                exchange -> {});
    }

    @ParameterizedTest
    @MethodSource("useless")
    void while_the_api_does_not_say_nobody_can_say(HttpHandler answer) {
        google.answers(SUBSCRIPTION, answer);
        assertThat(judged(subscription(2, "tok_new"))).isInstanceOf(Undecided.class);
        google.has(SUBSCRIPTION, ACTIVE).answers(ORDER, answer);
        assertThat(judged(subscription(2, "tok_new"))).isInstanceOf(Undecided.class);
    }

    static Stream<HttpHandler> noToken() {
        return Stream.concat(useless(), Stream.of(LocalPeer.replying(400, "{}")));
    }

    @ParameterizedTest
    @MethodSource("noToken")
    void without_an_access_token_nobody_can_say(HttpHandler answer) {
        google.has(SUBSCRIPTION, ACTIVE).has(ORDER, PROCESSED).answers(LocalGoogle.TOKEN, answer);
        assertThat(judged(subscription(2, "tok_new"))).isInstanceOf(Undecided.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'access_token': 'a b', 'expires_in': 3599}",
                "{'access_token': '', 'expires_in': 3599}",
                "{'access_token': 'x\\r\\nX-Evil: 1', 'expires_in': 3599}",
                "{'access_token': 'x'}",
                "{'access_token': 'x', 'expires_in': -1}",
                "{'expires_in': 3599}"
            })
    void an_access_token_that_is_none_is_not_sent(String answer) {
        google.answers(LocalGoogle.TOKEN, LocalPeer.replying(answer.replace('\'', '"')));
        assertThat(judged(subscription(2, "tok_new"))).isInstanceOf(Undecided.class);
        assertThat(google.requests()).containsOnly(LocalGoogle.CERTS, LocalGoogle.TOKEN);
    }

    @Test
    void a_slow_api_is_not_waited_for() {
        google.answers(SUBSCRIPTION, exchange -> google.hold());
        var hasty = google.open("api-credentials: 'env:PLAY', fetch-timeout: PT1S, ");
        var delivery = TestGoogle.push(subscription(2, "tok_new"), SIGNED_AT);
        assertThat(hasty.authenticate(delivery, SIGNED_AT).toCompletableFuture().join())
                .isEqualTo(new Undecided("no complete answer from localhost within PT1S"));
    }

    @Test
    void an_api_that_is_away_says_nothing_of_the_purchase() {
        google.answers(SUBSCRIPTION, LocalPeer.replying(500, "{}"));
        assertThat(((Undecided) judged(subscription(2, "tok_new"))).why())
                .contains("500")
                .doesNotContain("tok_new", LocalGoogle.ACCESS_TOKEN);
    }

    @Test
    void an_access_token_is_kept_until_a_minute_before_its_end() {
        google.has(SUBSCRIPTION, ACTIVE).has(ORDER, PROCESSED);
        for (var at : new long[] {0, 1, 3_538}) {
            assertThat(judged(subscription(2, "tok_new"), SIGNED_AT.plusSeconds(at)))
                    .isInstanceOf(Genuine.class);
        }
        assertThat(google.askedFor(LocalGoogle.TOKEN)).hasSize(1);
        assertThat(judged(subscription(2, "tok_new"), SIGNED_AT.plusSeconds(3_539)))
                .isInstanceOf(Genuine.class);
        assertThat(google.askedFor(LocalGoogle.TOKEN)).hasSize(2);
    }

    @Test
    void an_access_token_refused_is_asked_for_anew_after_a_pause() {
        google.has(SUBSCRIPTION, ACTIVE).has(ORDER, PROCESSED);
        assertThat(judged(subscription(2, "tok_new"))).isInstanceOf(Genuine.class);
        google.answers(SUBSCRIPTION, LocalPeer.replying(401, "{}"));
        assertThat(judged(subscription(2, "tok_new"))).isInstanceOf(Undecided.class);
        google.has(SUBSCRIPTION, ACTIVE)
                .answers(
                        LocalGoogle.TOKEN,
                        LocalPeer.replying("{\"access_token\":\"ya29.TEST-next\",\"expires_in\":3599}"));
        assertThat(judged(subscription(2, "tok_new"), SIGNED_AT.plusSeconds(11)))
                .isInstanceOf(Genuine.class);
        assertThat(google.askedFor(LocalGoogle.TOKEN)).hasSize(2);
        var path = URI.create(SUBSCRIPTION.url()).getRawPath();
        assertThat(google.askedFor(path))
                .extracting(asked -> asked.headers().get("Authorization").get(0))
                .containsExactly(
                        "Bearer " + LocalGoogle.ACCESS_TOKEN,
                        "Bearer " + LocalGoogle.ACCESS_TOKEN,
                        "Bearer ya29.TEST-next");
    }

    @Test
    void the_service_account_signs_for_reading_purchases_and_nothing_else() throws Exception {
        google.has(SUBSCRIPTION, ACTIVE).has(ORDER, PROCESSED);
        fetched(subscription(2, "tok_new"));
        var form = URLDecoder.decode(
                google.askedFor(LocalGoogle.TOKEN).get(0).body().utf8(), StandardCharsets.US_ASCII);
        assertThat(form).startsWith("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=");
        var assertion =
                CompactJws.parse(form.substring(form.lastIndexOf('=') + 1)).orElseThrow();
        assertThat(assertion.signedBy(publicKey(), JwsAlgorithm.RS256)).isTrue();
        assertThat(assertion.header().at("kid").glance()).contains("TEST-ONLY-protects-nothing");
        var claims = StrictJson.read(assertion.payload());
        assertThat(claims.at("iss").glance()).contains("ipn-reader@test-project.iam.gserviceaccount.com");
        assertThat(claims.at("scope").glance()).contains("https://www.googleapis.com/auth/androidpublisher");
        assertThat(claims.at("aud").glance()).contains("https://oauth2.googleapis.com/token");
        assertThat(claims.at("iat").glance()).contains("1788264000");
        assertThat(claims.at("exp").glance()).contains("1788267600");
    }

    private static PublicKey publicKey() throws Exception {
        var file = StrictJson.read(TestFiles.bytes("keys/google-play/TEST-ONLY-service-account.json"));
        var pem = file.at("private_key").glance().orElseThrow().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
        var key = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }

    private static Bytes json(String text) {
        return Bytes.utf8(text.replace('\'', '"'));
    }

    private List<String> urls(Bytes data) {
        return fetched(data).stream()
                .map(each -> each.fetchedFrom().orElseThrow())
                .toList();
    }

    private List<Delivery> fetched(Bytes data) {
        return ((Genuine) judged(data)).fetched();
    }

    private Verdict judged(Bytes data) {
        return judged(data, SIGNED_AT);
    }

    private Verdict judged(Bytes data, Instant now) {
        return judged(TestGoogle.push(data, now), now);
    }

    private Verdict judged(Delivery delivery, Instant now) {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }
}
