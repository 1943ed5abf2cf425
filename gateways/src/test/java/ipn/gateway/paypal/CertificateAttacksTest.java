package ipn.gateway.paypal;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static ipn.gateway.paypal.CertificateHost.FOLDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import ipn.conformance.LocalPeer;
import ipn.conformance.Tampering;
import ipn.conformance.TestFiles;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Source;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Throttled;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.Certificates;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A notification names where its certificate stands. Strangers name other places, and other certificates. */
class CertificateAttacksTest {
    private static final Bytes BODY = Bytes.utf8("{\"id\":\"WH-1\",\"event_type\":\"X\"}");

    private final CertificateHost host = new CertificateHost();
    private final GatewayAccount account = fetching(host.via());

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.sandbox.paypal.com/v1/notifications/certs/test-leaf",
                "https://api.sandbox.paypal.com.evil.tld/v1/notifications/certs/test-leaf",
                "https://evil.tld/api.sandbox.paypal.com/v1/notifications/certs/test-leaf",
                "https://evil.tld/v1/notifications/certs/test-leaf",
                "https://evilpaypal.com/v1/notifications/certs/test-leaf",
                "https://www.sandbox.paypal.com/v1/notifications/certs/test-leaf",
                "https://api.sandbox.paypal.com@evil.tld/v1/notifications/certs/test-leaf",
                "https://user@api.sandbox.paypal.com/v1/notifications/certs/test-leaf",
                "https://api.sandbox.paypal.com:8443/v1/notifications/certs/test-leaf",
                "https://api.sandbox.paypal.com./v1/notifications/certs/test-leaf",
                "https://127.0.0.1/v1/notifications/certs/test-leaf",
                "https://[::1]/v1/notifications/certs/test-leaf",
                "https://169.254.169.254/v1/notifications/certs/test-leaf",
                "https://2130706433/v1/notifications/certs/test-leaf",
                "https://localhost/v1/notifications/certs/test-leaf",
                "https://api.sandbox.paypal.com/test-leaf",
                "https://api.sandbox.paypal.com/v1/notifications/certs/",
                "https://api.sandbox.paypal.com/v1/notifications/certs/../../../test-leaf",
                "https://api.sandbox.paypal.com/v1/notifications/certs/%2e%2e/test-leaf",
                "https://api.sandbox.paypal.com/v1/notifications/certs/a/test-leaf",
                "https://api.sandbox.paypal.com/v1/notifications/certs/test-leaf?redirect=https://evil.tld",
                "https://api.sandbox.paypal.com/v1/notifications/certs/test-leaf#evil",
                "https://api.sandbox.paypal.com\\@evil.tld/v1/notifications/certs/test-leaf",
                "https:api.sandbox.paypal.com/v1/notifications/certs/test-leaf",
                "//api.sandbox.paypal.com/v1/notifications/certs/test-leaf",
                "file:///v1/notifications/certs/test-leaf",
                "https://api.sandbox.paypal.com/v1/notifications/certs/test-leaf ",
                "https://api.paypal.com/v1/notifications/certs/test-leaf",
                "https://api-m.paypal.com/v1/notifications/certs/test-leaf-live",
                "no url"
            })
    void nobody_is_asked_at_another_place(String url) {
        var delivery = Tampering.header(signed("test-leaf"), Transmission.CERTIFICATE, List.of(url));

        assertThat(judge(account, delivery)).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void what_is_no_url_is_not_even_left_to_those_who_ask() {
        var rules = new CertificateRules(Set.of("api.paypal.com"), "example.com", Set.of(), List.of());

        assertThat(rules.allows("https://api.paypal.com/v1/notifications/certs/a"))
                .isTrue();
        assertThat(rules.allows("https://api.paypal.com/v1/notifications/certs/a b"))
                .isFalse();
    }

    @Test
    void only_the_common_name_of_a_certificate_says_for_which_host_it_is() {
        var names = new SubjectNames(certificate("test-leaf-by-name"));

        assertThat(names.has("messageverificationcerts.sandbox.paypal.com")).isTrue();
        assertThat(names.has("TEST ONLY")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.sandbox.paypal.com", "api-m.sandbox.paypal.com", "api.sandbox.paypal.com:443"})
    void paypal_is_asked_at_its_own(String name) {
        var url = "https://" + name + FOLDER + "test-leaf";
        var delivery = Tampering.header(signed("test-leaf"), Transmission.CERTIFICATE, List.of(url));

        assertThat(judge(account, delivery)).isInstanceOf(Genuine.class);
        assertThat(host.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test-leaf-expired",
                "test-leaf-future",
                "test-leaf-of-another-ca",
                "test-leaf-self-signed",
                "test-leaf-of-intermediate",
                "test-leaf-live",
                "test-leaf-other-name",
                "test-leaf-lookalike",
                "test-leaf-ec",
                "test-ca"
            })
    void a_certificate_that_is_not_for_this_is_not_believed(String certificate) {
        var named = Tampering.header(
                signed("test-leaf"), Transmission.CERTIFICATE, List.of(CertificateHost.url(certificate)));

        assertThat(judge(account, named)).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
    }

    @Test
    void a_weak_key_is_not_believed() {
        var weak = new TestSigner("test-leaf-weak", TestSigner.key("TEST-ONLY-weak"), "SHA256withRSA");

        assertThat(judge(account, weak.sign(BODY, SIGNED_AT))).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-leaf", "test-leaf-by-name", "test-chain"})
    void a_certificate_by_either_name_and_a_chain_are_believed(String certificate) {
        assertThat(judge(account, signed(certificate))).isInstanceOf(Genuine.class);
    }

    @Test
    void an_intermediate_that_is_not_served_can_be_set() {
        var completed = PayPalUnderTest.fetching(
                host.via(),
                TestSigner.WEBHOOK_ID,
                ", intermediates: 'file:src/test/resources/keys/paypal/test-intermediate.pem'");

        assertThat(judge(completed, signed("test-leaf-of-intermediate"))).isInstanceOf(Genuine.class);
    }

    @Test
    void without_roots_of_its_own_an_account_believes_public_authorities() {
        var usual = PayPalUnderTest.open("{mode: test, webhook-id: %s, fetch-via: '%s', fetch-timeout: PT10S}"
                .formatted(TestSigner.WEBHOOK_ID, host.via()));

        assertThat(judge(usual, signed("test-leaf"))).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        assertThat(SystemRoots.read()).isNotEmpty().hasSameSizeAs(SystemRoots.anchors());
    }

    @Test
    void a_certificate_is_fetched_once_and_ends_when_it_ends() {
        assertThat(IntStream.range(0, 20).mapToObj(i -> judge(account, signed("test-leaf"))))
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Genuine.class));
        assertThat(host.requests()).hasSize(1);

        var lastMinute = Instant.parse("2026-08-30T23:59:00Z");
        var old = TestSigner.with("test-leaf-expired").sign(BODY, lastMinute);
        var earlier = fetching(host.via()); // its clock never goes back
        assertThat(judge(earlier, old, lastMinute)).isInstanceOf(Genuine.class);
        assertThat(judge(earlier, old, lastMinute.plus(Duration.ofHours(2))))
                .isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        assertThat(host.requests()).hasSize(2);
    }

    @Test
    void a_certificate_that_is_not_believed_is_not_fetched_each_time() {
        for (var i = 0; i < 20; i++) {
            judge(account, signed("test-leaf-live"));
        }
        assertThat(host.requests()).hasSize(1);
        judge(account, signed("test-leaf-live"), SIGNED_AT.plus(Duration.ofMinutes(2)));
        assertThat(host.requests()).hasSize(2);
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        HttpHandler redirecting = exchange -> {
            exchange.getResponseHeaders().add("Location", host.via() + FOLDER + "test-leaf");
            exchange.sendResponseHeaders(302, -1);
        };
        undecided(redirecting, "PT10S");
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void a_certificate_of_a_gigabyte_is_cut_off() throws IOException {
        undecided(
                exchange -> {
                    exchange.sendResponseHeaders(200, 1L << 30);
                    var mebibyte = new byte[1 << 20];
                    for (var i = 0; i < 1 << 10; i++) {
                        exchange.getResponseBody().write(mebibyte);
                    }
                },
                "PT10S");
    }

    @Test
    void a_slow_certificate_is_not_waited_for() throws IOException {
        var over = new CountDownLatch(1);
        HttpHandler dripping = exchange -> {
            exchange.sendResponseHeaders(200, 5_000);
            exchange.getResponseBody().write('-');
            exchange.getResponseBody().flush();
            await(over);
        };
        try {
            undecided(dripping, "PT0.3S");
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 403, 500, 503})
    void what_is_no_certificate_leaves_it_undecided(int status) throws IOException {
        undecided(exchange -> exchange.sendResponseHeaders(status, -1), "PT10S");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void a_certificate_that_is_not_there_is_not_believed_and_not_asked_for_each_time(int status) throws IOException {
        try (var peer = LocalPeer.overHttp(exchange -> exchange.sendResponseHeaders(status, -1))) {
            var gone = fetching(peer.url(""));
            for (var i = 0; i < 20; i++) {
                assertThat(judge(gone, signed("test-leaf"))).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
            }
            assertThat(peer.requests()).hasSize(1);
            judge(gone, signed("test-leaf"), SIGNED_AT.plus(Duration.ofMinutes(1)));
            assertThat(peer.requests()).hasSize(2);
        }
    }

    @Test
    void urls_without_a_certificate_cause_five_requests_of_one_client_and_ten_a_second_of_all() throws IOException {
        try (var peer = LocalPeer.overHttp(exchange -> exchange.sendResponseHeaders(404, -1))) {
            var attacked = fetching(peer.url(""));
            var one = new Source("one client");
            for (var i = 0; i < 5; i++) {
                assertThat(judge(attacked, naming(i).from(one))).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
            }
            assertThat(judge(attacked, naming(5).from(one))).isInstanceOf(Throttled.class);
            assertThat(IntStream.range(6, 104)
                            .mapToObj(i -> judge(attacked, naming(i).from(new Source("client " + i))))
                            .filter(Undecided.class::isInstance))
                    .hasSizeBetween(85, 95);
            assertThat(peer.requests()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void a_certificate_that_is_kept_is_not_evicted_by_urls_without_one() {
        var client = new Source("paypal");
        assertThat(judge(account, signed("test-leaf").from(client))).isInstanceOf(Genuine.class);
        for (var i = 0; i < 200; i++) {
            var now = SIGNED_AT.plusMillis(100L * i);
            judge(account, naming(i).from(new Source("client " + i)), now);
        }
        var requests = host.requests().size();
        assertThat(requests).isGreaterThan(128); // twice as many as are kept
        assertThat(judge(account, signed("test-leaf").from(client))).isInstanceOf(Genuine.class);
        assertThat(host.requests()).hasSize(requests);
    }

    /** Names a certificate that does not exist. */
    private static Delivery naming(int number) {
        return Tampering.header(
                signed("test-leaf"), Transmission.CERTIFICATE, List.of(CertificateHost.url("none-" + number)));
    }

    @Test
    void what_answers_with_something_else_is_not_believed() throws IOException {
        try (var peer = LocalPeer.overHttp(LocalPeer.replying("<html>sign in</html>"))) {
            assertThat(judge(fetching(peer.url("")), signed("test-leaf")))
                    .isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        }
    }

    private static X509Certificate certificate(String file) {
        try {
            return Certificates.inPem(
                            TestFiles.bytes("keys/paypal/" + file + ".pem").utf8())
                    .get(0);
        } catch (CertificateException e) {
            throw new AssertionError(file, e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void undecided(HttpHandler answer, String timeout) throws IOException {
        try (var peer = LocalPeer.overHttp(answer)) {
            var account =
                    PayPalUnderTest.open("{mode: test, webhook-id: %s, fetch-via: '%s', fetch-timeout: %s, roots: %s}"
                            .formatted(TestSigner.WEBHOOK_ID, peer.url(""), timeout, PayPalUnderTest.ROOTS));

            assertThat(judge(account, signed("test-leaf")))
                    .isInstanceOfSatisfying(
                            Undecided.class,
                            verdict -> assertThat(verdict.why()).startsWith("no certificate: "));
            assertThat(peer.requests()).hasSize(1);
        }
    }

    private static GatewayAccount fetching(String via) {
        return PayPalUnderTest.fetching(via, TestSigner.WEBHOOK_ID, "");
    }

    private static Delivery signed(String certificate) {
        return TestSigner.with(certificate).sign(BODY, SIGNED_AT);
    }

    private static Verdict judge(GatewayAccount account, Delivery delivery) {
        return judge(account, delivery, SIGNED_AT);
    }

    private static Verdict judge(GatewayAccount account, Delivery delivery, Instant now) {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }
}
