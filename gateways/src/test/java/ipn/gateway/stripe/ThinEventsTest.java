package ipn.gateway.stripe;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static ipn.gateway.stripe.ThinEvents.INTENT;
import static ipn.gateway.stripe.ThinEvents.INTENT_PATH;
import static ipn.gateway.stripe.ThinEvents.about;
import static ipn.gateway.stripe.ThinEvents.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import ipn.conformance.LocalPeer;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.NotificationTime;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import ipn.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thin events are followed to what they are about, and only there. */
@Timeout(60)
class ThinEventsTest {
    private static final String API_KEY = "rk_test_TESTonly0000000000";
    private static final Map<String, String> SECRETS = Map.of("STRIPE", StripeUnderTest.SECRET, "KEY", API_KEY);

    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    private LocalPeer stripe;

    @BeforeEach
    void start() throws Exception {
        stripe = LocalPeer.overHttp(
                exchange -> answers.getOrDefault(exchange.getRequestURI().toString(), LocalPeer.replying(404, "{}"))
                        .handle(exchange));
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void what_it_is_about_is_stored_beside_it_and_means_what_the_snapshot_event_means() {
        answers.put(INTENT_PATH, json(INTENT));
        var fetched = fetched(about(INTENT_PATH));
        assertThat(fetched).singleElement().satisfies(seen -> {
            assertThat(seen.fetchedFrom()).contains("https://api.stripe.com" + INTENT_PATH);
            assertThat(seen.body()).isEqualTo(Bytes.utf8(INTENT));
            assertThat(seen.header(NotificationTime.HEADER))
                    .as("as all events count")
                    .contains("2026-09-01T12:00:00Z");
            assertThat(seen.headers()).as("no credentials").containsOnlyKeys("content-type", NotificationTime.HEADER);
            var account = account("");
            var translation = account.translate(seen, account.identify(seen).get(0));
            assertThat(((Translation.Understood) translation).notification().facts())
                    .isEqualTo(((Translation.Understood) account.translate(
                                    TestFiles.delivery("stripe", "payment_intent.succeeded"),
                                    account.identify(seen).get(0)))
                            .notification()
                            .facts());
        });
    }

    @Test
    void stripe_is_asked_with_the_key_in_a_version_we_can_read() {
        answers.put(INTENT_PATH, json(INTENT));
        fetched(about(INTENT_PATH));
        assertThat(stripe.requests()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("GET");
            assertThat(asked.headers().get("Authorization")).containsExactly("Bearer " + API_KEY);
            assertThat(asked.headers().get("Stripe-version")).containsExactly("2026-07-29.dahlia");
            assertThat(asked.headers()).doesNotContainKey("Stripe-context");
        });
    }

    @Test
    void a_connected_account_is_asked_about_and_only_the_one_configured() {
        answers.put(INTENT_PATH, json(INTENT));
        var theirs = about(INTENT_PATH).replace("\"context\": null", "\"context\": \"acct_1Ours\"");
        assertThat(fetched(theirs)).hasSize(1);
        assertThat(stripe.requests().get(0).headers().get("Stripe-context")).containsExactly("acct_1Ours");
        assertThat(fetched(account("account: acct_1Ours, "), theirs)).hasSize(1);
        assertThat(fetched(account("account: acct_1Other, "), theirs)).isEmpty();
        assertThat(fetched(account("account: any, "), theirs)).hasSize(1);
        // an event of the account itself names none
        assertThat(fetched(account("account: acct_1Other, "), about(INTENT_PATH)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/payment_intents/pi_1",
                "/v1/charges/ch_1",
                "/v1/refunds/re_1",
                "/v1/disputes/dp_1",
                "/v1/invoices/in_1",
                "/v1/subscriptions/sub_1",
                "/v1/checkout/sessions/cs_test_1",
                "/v2/core/accounts/acct_1",
                "/v2/money_management/outbound_payments/obp_1"
            })
    void places_that_can_be_read_are_looked_at(String path) {
        answers.put(path, json(INTENT));
        assertThat(fetched(about(path))).hasSize(1);
        assertThat(stripe.requests()).extracting(LocalPeer.Request::path).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/v1/payment_intents",
                "/v1/payment_intents/",
                "/v1/payment_intents/pi_1/capture",
                "/v1/payment_intents/../customers/cus_1",
                "/v1/payment_intents/pi_1?expand=x",
                "/v1/payment_intents/pi_1#x",
                "/v1/payment_intents/%2e%2e",
                "/v1/customers/cus_1",
                "/v1/billing/meters/mtr_1",
                "/v2/../v1/customers/cus_1",
                "/v2/core",
                "/v3/core/accounts/a",
                "https://evil.example/v1/charges/ch_1",
                "//evil.example/v1/charges/ch_1",
                "@evil.example/v1/charges/ch_1",
                "/v1/charges/ch_1\\n"
            })
    void any_other_place_is_not(String path) {
        assertThat(fetched(about(path))).isEmpty();
        assertThat(stripe.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'object': 'v2.core.event' | 'object': 'event'",
                "'livemode': false         | 'livemode': true",
                "'livemode': false         | 'livemode': 'false'",
                "'livemode': false         | 'x': 1",
                "2026-09-01T12:00:00.734Z  | yesterday",
                "2026-09-01T12:00:00.734Z  | 2036-09-01T12:00:00.734Z",
                "'context': null           | 'context': 'a b'",
                "'related_object': {       | 'x': {"
            })
    void what_makes_no_sense_is_not_followed(String sound, String senseless) {
        var from = sound.strip().replace('\'', '"');
        assertThat(about(INTENT_PATH)).contains(from);
        assertThat(fetched(about(INTENT_PATH).replace(from, senseless.strip().replace('\'', '"'))))
                .isEmpty();
        assertThat(stripe.requests()).isEmpty();
    }

    @Test
    void a_forged_event_is_not_followed_and_a_snapshot_needs_no_look() {
        var forged = new Delivery(Map.of(), Bytes.utf8(about(INTENT_PATH)), SIGNED_AT);
        assertThat(judged(account(""), forged)).isInstanceOf(Rejected.class);
        assertThat(((Genuine) judged(account(""), TestFiles.delivery("stripe", "payment_intent.succeeded"))).fetched())
                .isEmpty();
        assertThat(stripe.requests()).isEmpty();
    }

    @Test
    void without_a_key_the_event_is_ignored_as_before() {
        var account = StripeUnderTest.open("{mode: test, secrets: 'env:STRIPE'}");
        assertThat(((Genuine) judged(account, sent(about(INTENT_PATH)))).fetched())
                .isEmpty();
    }

    static Stream<HttpHandler> useless() {
        return Stream.of(
                LocalPeer.replying(500, "{}"),
                LocalPeer.replying(429, "{}"),
                LocalPeer.replying(401, "{}"),
                LocalPeer.replying(403, "{}"),
                LocalPeer.replying(400, "{}"),
                LocalPeer.replying(302, ""),
                LocalPeer.replying(202, "{}"),
                LocalPeer.replying("<html>"),
                LocalPeer.replying("[]"),
                LocalPeer.replying("{\"id\":1,\"id\":2}"),
                LocalPeer.replying("x".repeat(1_100_000)),
                exchange -> {});
    }

    @ParameterizedTest
    @MethodSource("useless")
    void while_stripe_does_not_say_nobody_can_say(HttpHandler answer) {
        answers.put(INTENT_PATH, answer);
        assertThat(judged(account(""), sent(about(INTENT_PATH))))
                .isInstanceOfSatisfying(
                        Undecided.class,
                        undecided -> assertThat(undecided.why()).doesNotContain("pi_", "rk_"));
    }

    @Test
    void an_object_the_key_does_not_see_is_not_acknowledged_and_the_key_is_named() {
        assertThat(judged(account(""), sent(about(INTENT_PATH))))
                .isEqualTo(new Undecided("api.stripe.com does not find the object: status 404; "
                        + "is api-key one of the account that sends the events, in mode test?"));
    }

    @Test
    void a_slow_answer_is_not_waited_for() {
        answers.put(INTENT_PATH, exchange -> stripe.hold());
        assertThat(judged(account("fetch-timeout: PT1S, "), sent(about(INTENT_PATH))))
                .isEqualTo(new Undecided("no complete answer from localhost within PT1S"));
    }

    @Test
    void a_key_counts_until_its_end_and_then_its_successor_or_none() {
        answers.put(INTENT_PATH, json(INTENT));
        var next = "rk_test_TESTonly0000000001";
        var rolled = "api-key: [{secret: 'env:KEY', until: '2026-09-01T12:00:00Z'}, 'test:" + next + "'], ";
        assertThat(fetched(open(rolled), about(INTENT_PATH))).hasSize(1);
        assertThat(stripe.requests().get(0).headers().get("Authorization")).containsExactly("Bearer " + next);
        var ended = "api-key: {secret: 'env:KEY', until: '2026-09-01T12:00:00Z'}, ";
        assertThat(judged(open(ended), sent(about(INTENT_PATH)))).isInstanceOf(Undecided.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_live_0123456789abcdef",
                "rk_live_0123456789abcdef",
                "whsec_0123456789abcdef",
                "pk_test_0123456789abcdef",
                "sk_test_x",
                "sk_test_0123456789abc def"
            })
    void a_key_of_the_other_mode_or_of_another_kind_stops_the_start(String key) {
        assertThatThrownBy(() -> TestAccounts.open(
                        "stripe",
                        "{mode: test, secrets: 'env:STRIPE', api-key: 'env:KEY'}",
                        Map.of("STRIPE", StripeUnderTest.SECRET, "KEY", key)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("api-key")
                .hasMessageNotContaining(key);
        assertThat(account("").toString()).doesNotContain(API_KEY);
    }

    private static HttpHandler json(String body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            LocalPeer.replying(body).handle(exchange);
        };
    }

    private GatewayAccount account(String more) {
        return open("api-key: 'env:KEY', " + more);
    }

    private GatewayAccount open(String more) {
        var section = "{mode: test, secrets: 'env:STRIPE', %sfetch-via: '%s'}".formatted(more, stripe.url(""));
        return TestAccounts.open("stripe", section, SECRETS);
    }

    private List<Delivery> fetched(String body) {
        return fetched(account(""), body);
    }

    private static List<Delivery> fetched(GatewayAccount account, String body) {
        return ((Genuine) judged(account, sent(body))).fetched();
    }

    private static Verdict judged(GatewayAccount account, Delivery delivery) {
        return account.authenticate(delivery, SIGNED_AT).toCompletableFuture().join();
    }
}
