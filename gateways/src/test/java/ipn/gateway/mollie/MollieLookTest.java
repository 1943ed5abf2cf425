package ipn.gateway.mollie;

import static ipn.conformance.LocalPeer.replying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.LocalPeer;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Source;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Throttled;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import ipn.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classic webhooks: what Mollie shows is believed, and nothing else; against a Mollie that is well, ill, or not itself. */
@Timeout(60)
class MollieLookTest {
    private static final String PAYMENT =
            MollieSays.bytes(MollieSays.payment("paid")).utf8();

    @Test
    void what_mollie_shows_is_stored_beside_the_hint_with_the_address_and_without_the_key() throws Exception {
        try (var mollie = LocalPeer.overHttp(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/hal+json; charset=utf-8");
            replying(PAYMENT).handle(exchange);
        })) {
            var url = "https://api.mollie.com/v2/payments/tr_1?embed=refunds,chargebacks";
            var document =
                    Delivery.fetched(url, "application/hal+json", Bytes.utf8(PAYMENT), GatewayUnderTest.RECEIVED_AT);
            assertThat(hint(mollie, "id=tr_1")).isEqualTo(new Genuine("fetched", "api.mollie.com", List.of(document)));
            assertThat(mollie.requests()).singleElement().satisfies(asked -> {
                assertThat(asked.method()).isEqualTo("GET");
                assertThat(asked.path()).isEqualTo("/v2/payments/tr_1?embed=refunds,chargebacks");
                assertThat(asked.headers().get("Authorization")).containsExactly("Bearer " + MollieUnderTest.API_KEY);
            });
        }
    }

    @Test
    void an_id_mollie_does_not_know_is_dismissed() throws Exception {
        assertThat(answered(replying(404, "{}"))).isEqualTo(new Dismissed(Reason.DENIED_BY_GATEWAY));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 400, 401, 403, 410, 429, 500, 502, 503})
    void any_other_status_leaves_it_undecided(int status) throws Exception {
        assertThat(answered(replying(status, PAYMENT)))
                .isEqualTo(new Undecided("api.mollie.com answered: status " + status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "null", "[]", "{}", "{\"id\":\"tr_1\",\"id\":\"tr_1\"}", "<html></html>"})
    void what_is_no_payment_leaves_it_undecided(String body) throws Exception {
        assertThat(answered(replying(body)))
                .isEqualTo(new Undecided("api.mollie.com answered: not the payment that was asked for"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'resource': 'payment', 'id': 'tr_2'",
                "'resource': 'payment', 'id': null",
                "'resource': 'refund', 'id': 'tr_1'"
            })
    void another_document_leaves_it_undecided(String id) throws Exception {
        var other = MollieSays.payment("paid").replace("'resource': 'payment', 'id': 'tr_1'", id);
        assertThat(answered(replying(MollieSays.bytes(other).utf8()))).isInstanceOf(Undecided.class);
    }

    @Test
    void a_huge_answer_is_not_read_to_its_end() throws Exception {
        var huge = PAYMENT.replace("\"paid\"", "\"paid\",\"x\":\"" + "x".repeat(600_000) + "\"");
        assertThat(answered(replying(huge)))
                .isEqualTo(new Undecided("no answer from localhost: a reply of more than 524288 bytes"));
    }

    @Test
    void an_answer_that_never_ends_is_given_up_at_the_deadline() throws Exception {
        var self = new AtomicReference<LocalPeer>();
        try (var mollie = LocalPeer.overHttp(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            self.get().hold();
        })) {
            self.set(mollie);
            assertThat(judge(mollie.url(""), "PT0.3S", "id=tr_1"))
                    .isEqualTo(new Undecided("no complete answer from localhost within PT0.3S"));
        }
    }

    @Test
    void a_mollie_that_is_down_leaves_it_undecided() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(judge("http://localhost:" + port, "PT10S", "id=tr_1"))
                .isEqualTo(new Undecided("no answer from localhost: ConnectException"));
    }

    @Test
    void money_of_the_other_mode_is_kept_and_refused() throws Exception {
        var live = PAYMENT.replace("\"test\"", "\"live\"");
        assertThat(answered(replying(live))).isInstanceOfSatisfying(Genuine.class, genuine -> {
            var document = genuine.fetched().get(0);
            assertThat(MollieSays.translated(document))
                    .isInstanceOfSatisfying(
                            Translation.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(ipn.topics.Reason.WRONG_MODE));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id=",
                "tr_1",
                "id=tr_",
                "id=tr_1%2F..%2F..%2Fx",
                "id=tr_1/refunds",
                "id=..%2Ftr_1",
                "id=tr_1%3Fembed=x",
                "id=tr_1%23",
                "id=tr_1%0d%0aHost:x",
                "id=tr_%C3%A9",
                "id=TR_1",
                "id=tr_1&id=tr_2",
                "id=http://evil.example/tr_1",
                "{\"id\":\"tr_1\"}",
                "id=tr_00000000000000000000000000000000000000000000000000000000000000000"
            })
    void what_is_not_plainly_an_id_asks_nobody(String body) throws Exception {
        try (var mollie = LocalPeer.overHttp(replying(PAYMENT))) {
            assertThat(hint(mollie, body)).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
            assertThat(hint(mollie, body + "&" + "x=".repeat(1_000))).isInstanceOf(Rejected.class);
            assertThat(mollie.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ord_1", "sub_1", "re_1", "pl_1", "mdt_1", "cst_1", "chb_1", "stl_1"})
    void other_ids_are_acknowledged_and_ask_nobody(String id) throws Exception {
        try (var mollie = LocalPeer.overHttp(replying(PAYMENT))) {
            assertThat(hint(mollie, "id=" + id)).isEqualTo(new Dismissed(Reason.SIGNATURE_MISSING));
            assertThat(mollie.requests()).isEmpty();
        }
    }

    @Test
    void strangers_cause_a_quarter_of_the_look_ups_and_none_in_the_way_of_what_is_signed() throws Exception {
        var signed = MollieSays.bytes("{'id': 'event_1', 'type': 'payment.paid', 'entityId': 'tr_1'}");
        var signature = MollieSignature.sign(signed.array(), MollieUnderTest.SECRET);
        var event =
                new Delivery(Map.of("x-mollie-signature", List.of(signature)), signed, GatewayUnderTest.RECEIVED_AT);
        var hint = unsigned("id=tr_1");
        var tooMany = new Undecided(
                "more than 2 look-ups a second of clients without an authentic delivery" + " (see fetch-per-second)");
        var now = GatewayUnderTest.SIGNED_AT;
        try (var mollie = LocalPeer.overHttp(replying(PAYMENT))) {
            var account = account(mollie.url(""), "PT10S, fetch-per-second: 8");
            assertThat(judge(account, unsigned("id=ord_1"), now)).isInstanceOf(Dismissed.class);
            assertThat(judge(account, hint, now)).isInstanceOf(Genuine.class);
            assertThat(judge(account, hint, now)).isInstanceOf(Genuine.class);
            assertThat(judge(account, hint, now)).isEqualTo(tooMany);
            assertThat(mollie.requests()).hasSize(2);
            assertThat(judge(account, event, now)).isInstanceOf(Genuine.class);
            assertThat(judge(account, hint, now.plusMillis(500))).isInstanceOf(Genuine.class);
            assertThat(judge(account, hint, now.plusMillis(500))).isEqualTo(tooMany);
            assertThat(mollie.requests()).hasSize(4);
        }
    }

    @Test
    void a_client_with_an_authentic_webhook_may_cause_all_look_ups() throws Exception {
        var hint = unsigned("id=tr_1").from(new Source("mollie"));
        var now = GatewayUnderTest.SIGNED_AT;
        try (var mollie = LocalPeer.overHttp(replying(PAYMENT))) {
            var account = account(mollie.url(""), "PT10S, fetch-per-second: 20");
            for (var i = 0; i < 20; i++) {
                assertThat(judge(account, hint, now)).isInstanceOf(Genuine.class);
            }
            assertThat(judge(account, hint, now))
                    .isEqualTo(new Undecided("more than 20 look-ups a second of this account (see fetch-per-second)"));
        }
    }

    @Test
    void an_unknown_id_is_looked_up_once_in_ten_seconds_and_its_client_once_a_second() throws Exception {
        var stranger = new Source("stranger");
        var now = GatewayUnderTest.SIGNED_AT;
        try (var mollie = LocalPeer.overHttp(replying(404, "{}"))) {
            var account = account(mollie.url(""), "PT10S");
            for (var second = 0; second < 10; second++) {
                assertThat(judge(account, unsigned("id=tr_1").from(stranger), now.plusSeconds(second)))
                        .isEqualTo(new Dismissed(Reason.DENIED_BY_GATEWAY));
            }
            assertThat(mollie.requests()).hasSize(1);
            var later = now.plusSeconds(10);
            for (var id = 1; id <= 5; id++) {
                assertThat(judge(account, unsigned("id=tr_" + id).from(stranger), later))
                        .isInstanceOf(Dismissed.class);
            }
            assertThat(judge(account, unsigned("id=tr_6").from(stranger), later))
                    .isInstanceOf(Throttled.class);
            assertThat(mollie.requests()).hasSize(6);
            assertThat(judge(account, unsigned("id=tr_6").from(stranger), later.plusSeconds(1)))
                    .isInstanceOf(Dismissed.class);
            assertThat(mollie.requests()).hasSize(7);
        }
    }

    private static Delivery unsigned(String body) {
        return new Delivery(Map.of(), Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "many"})
    void a_limit_that_is_none_does_not_start(String limit) {
        assertThatThrownBy(() -> account("http://localhost:1", "PT10S, fetch-per-second: " + limit))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("fetch-per-second");
    }

    @Test
    void an_event_without_its_payment_is_stored_with_what_was_looked_up() throws Exception {
        var event = "{'id': 'event_1', 'type': 'payment.paid', 'entityId': 'tr_1'}";
        try (var mollie = LocalPeer.overHttp(replying(PAYMENT))) {
            assertThat(signed(mollie, event)).isInstanceOfSatisfying(Genuine.class, genuine -> {
                assertThat(genuine.scheme()).isEqualTo("hmac-sha256");
                assertThat(genuine.fetched())
                        .singleElement()
                        .satisfies(document -> assertThat(document.body()).isEqualTo(Bytes.utf8(PAYMENT)));
            });
            var whole = MollieSays.event("payment.paid", MollieSays.payment("paid"));
            assertThat(signed(mollie, whole)).isEqualTo(new Genuine("hmac-sha256", "env:MOLLIE"));
            assertThat(signed(mollie, "{'id': 'event_1', 'type': 'payout.paid', 'entityId': 'tr_1'}"))
                    .isEqualTo(new Genuine("hmac-sha256", "env:MOLLIE"));
            assertThat(mollie.requests()).hasSize(1);
        }
        for (var answer : List.of(replying(404, ""), replying(500, ""))) {
            try (var mollie = LocalPeer.overHttp(answer)) {
                assertThat(signed(mollie, event)).isInstanceOf(Undecided.class);
            }
        }
    }

    private static Verdict answered(HttpHandler answer) throws IOException {
        try (var mollie = LocalPeer.overHttp(answer)) {
            return hint(mollie, "id=tr_1");
        }
    }

    private static Verdict hint(LocalPeer mollie, String body) {
        return judge(mollie.url(""), "PT10S", body);
    }

    private static Verdict signed(LocalPeer mollie, String event) {
        var body = MollieSays.bytes(event);
        var signature = MollieSignature.sign(body.array(), MollieUnderTest.SECRET);
        return judge(
                mollie.url(""),
                "PT10S",
                new Delivery(Map.of("x-mollie-signature", List.of(signature)), body, GatewayUnderTest.RECEIVED_AT));
    }

    private static Verdict judge(String via, String timeout, String body) {
        return judge(via, timeout, new Delivery(Map.of(), Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT));
    }

    private static Verdict judge(String via, String timeout, Delivery delivery) {
        return judge(account(via, timeout), delivery, GatewayUnderTest.SIGNED_AT);
    }

    private static GatewayAccount account(String via, String timeout) {
        return MollieUnderTest.open(
                "{mode: test, secrets: 'env:MOLLIE', api-key: 'env:MOLLIE_KEY', fetch-via: '%s', fetch-timeout: %s}"
                        .formatted(via, timeout));
    }

    private static Verdict judge(GatewayAccount account, Delivery delivery, Instant now) {
        return account.authenticate(delivery, now)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
