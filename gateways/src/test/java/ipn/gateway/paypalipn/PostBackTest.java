package ipn.gateway.paypalipn;

import static ipn.conformance.LocalPeer.replying;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import ipn.conformance.LocalCertificate;
import ipn.conformance.LocalPeer;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Source;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Throttled;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PostBackTest {
    private static final Bytes BODY =
            Bytes.wrap("mc_gross=25.00&first_name=Zo%EB+X%20Y&note=\u00eb&empty=&a.b=~*-&verify_sign=ATEST"
                    .getBytes(StandardCharsets.ISO_8859_1));

    private static final Source STRANGER = new Source("stranger");

    @TempDir
    static Path folder;

    private static LocalCertificate certificate;
    private static Path pem;

    @BeforeAll
    static void certificate() throws Exception {
        certificate = LocalCertificate.create(folder);
        pem = certificate.pem(folder);
    }

    @Test
    void verified_is_genuine_and_names_who_said_so() throws Exception {
        try (var paypal = paypal(replying("VERIFIED"))) {
            assertThat(ask(account(paypal))).isEqualTo(new Genuine("postback", "localhost"));
        }
    }

    @Test
    void invalid_is_denied_by_the_gateway() throws Exception {
        try (var paypal = paypal(replying("INVALID"))) {
            assertThat(ask(account(paypal))).isEqualTo(new Rejected(Reason.DENIED_BY_GATEWAY));
        }
    }

    @Test
    void paypal_gets_the_very_bytes_behind_the_prefix() throws Exception {
        try (var paypal = paypal(replying("VERIFIED"))) {
            ask(account(paypal));
            assertThat(paypal.requests()).singleElement().satisfies(asked -> {
                assertThat(asked.body()).isEqualTo(KnowingPayPal.question(BODY));
                assertThat(asked.method()).isEqualTo("POST");
                assertThat(asked.path()).isEqualTo("/cgi-bin/webscr");
                assertThat(asked.headers().get("Content-type")).containsExactly("application/x-www-form-urlencoded");
                assertThat(asked.headers().get("Content-length"))
                        .containsExactly(
                                String.valueOf(KnowingPayPal.question(BODY).size()));
                assertThat(asked.headers().get("User-agent")).singleElement().isNotEqualTo("");
                assertThat(asked.headers()).doesNotContainKeys("Upgrade", "Transfer-encoding", "Http2-settings");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "verified", "VERIFIED INVALID", "VERIFIEDX", "<html>VERIFIED</html>", "INVALID?"})
    void another_word_leaves_it_undecided(String word) throws Exception {
        try (var paypal = paypal(exchange -> {
            exchange.sendResponseHeaders(200, word.isEmpty() ? -1 : word.length());
            exchange.getResponseBody().write(word.getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThat(ask(account(paypal))).isInstanceOf(Undecided.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500, 503, 201, 404})
    void another_status_leaves_it_undecided_whatever_the_page_says(int status) throws Exception {
        try (var paypal = paypal(replying(status, "VERIFIED"))) {
            assertThat(ask(account(paypal))).isEqualTo(new Undecided("no answer from localhost: status " + status));
        }
    }

    @Test
    void a_page_of_html_leaves_it_undecided() throws Exception {
        try (var paypal = paypal(replying(403, "<html><body>Access Denied</body></html>".repeat(100)))) {
            assertThat(ask(account(paypal))).isInstanceOf(Undecided.class);
        }
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        try (var elsewhere = paypal(replying("VERIFIED"));
                var paypal = paypal(exchange -> {
                    exchange.getResponseHeaders().add("Location", url(elsewhere));
                    exchange.sendResponseHeaders(302, -1);
                })) {
            assertThat(ask(account(paypal))).isInstanceOf(Undecided.class);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void an_endless_reply_is_not_read_to_its_end() throws Exception {
        var endless = "VERIFIED".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        var stopped = new CompletableFuture<Throwable>();
        try (var paypal = paypal(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(endless);
                }
            } catch (IOException e) {
                stopped.complete(e);
            }
        })) {
            assertThat(ask(account(paypal)))
                    .isEqualTo(new Undecided("no answer from localhost: a reply of more than 64 bytes"));
            assertThat(stopped).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_slow_answer_within_the_deadline_counts() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        try (var paypal = paypal(exchange -> {
            await(mayAnswer);
            replying("VERIFIED").handle(exchange);
        })) {
            var verdict = asking(account(paypal, "fetch-timeout: PT10S"));
            assertThat(verdict).isNotDone();
            mayAnswer.countDown();
            assertThat(verdict).succeedsWithin(20, TimeUnit.SECONDS).isInstanceOf(Genuine.class);
        }
    }

    @Test
    void an_answer_that_starts_and_never_ends_is_given_up_at_the_deadline() throws Exception {
        var self = new AtomicReference<LocalPeer>();
        try (var paypal = paypal(exchange -> {
            exchange.sendResponseHeaders(200, 8);
            exchange.getResponseBody().write('V');
            exchange.getResponseBody().flush();
            self.get().hold();
        })) {
            self.set(paypal);
            assertThat(ask(account(paypal, "fetch-timeout: PT0.3S")))
                    .isEqualTo(new Undecided("no complete answer from localhost within PT0.3S"));
        }
    }

    @Test
    void a_server_that_accepts_and_says_nothing_is_given_up_at_the_deadline() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var account = account("https://localhost:" + silent.getLocalPort() + "/", "fetch-timeout: PT0.3S");
            assertThat(ask(account)).isInstanceOf(Undecided.class);
        }
    }

    @Test
    void a_closed_port_leaves_it_undecided() throws Exception {
        var port = freePort();
        assertThat(ask(account("https://localhost:" + port + "/", "")))
                .isEqualTo(new Undecided("no answer from localhost: ConnectException"));
    }

    @Test
    void a_certificate_that_nobody_vouches_for_leaves_it_undecided() throws Exception {
        try (var paypal = paypal(replying("VERIFIED"))) {
            var account = Ipns.account(Ipns.LIVE, "receiver: merchant@example.com\nverify-url: " + url(paypal));
            assertThat(ask(account)).isEqualTo(new Undecided("no answer from localhost: SSLHandshakeException"));
            assertThat(paypal.requests()).isEmpty();
        }
    }

    @Test
    void a_certificate_of_another_host_leaves_it_undecided() throws Exception {
        try (var paypal = paypal(replying("VERIFIED"))) {
            // the same server by a loopback address that its certificate does not name
            var account = account(url(paypal).replace("localhost", "127.0.0.2"), "fetch-timeout: PT10S");
            assertThat(ask(account)).isInstanceOf(Undecided.class);
            assertThat(paypal.requests()).isEmpty();
        }
    }

    @Test
    void above_the_bound_of_questions_in_flight_nobody_is_asked() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        try (var paypal = paypal(exchange -> {
            await(mayAnswer);
            replying("VERIFIED").handle(exchange);
        })) {
            var account = account(paypal, "fetch-timeout: PT10S\nfetch-in-flight: 1");
            var first = asking(account);
            assertThat(ask(account, Bytes.utf8("verify_sign=another")))
                    .isEqualTo(
                            new Undecided("already 1 look-ups in flight of doubtful deliveries (see fetch-in-flight)"));
            mayAnswer.countDown();
            assertThat(first).succeedsWithin(20, TimeUnit.SECONDS).isInstanceOf(Genuine.class);
            assertThat(ask(account)).as("its place is free again").isInstanceOf(Genuine.class);
            assertThat(paypal.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&&",
                "null",
                "{\"verify_sign\":\"ATEST\"}",
                "txn_id=T1&payment_status=Completed",
                "txn_id=T1&verify_sign=",
                "txn_id=T1&verify_sign=+",
                "txn_id=T1&verify_sign",
                "txn_id=T1&x_verify_sign=ATEST"
            })
    void a_body_that_paypal_cannot_have_sent_asks_nobody(String body) throws Exception {
        try (var paypal = paypal(replying("VERIFIED"))) {
            var account = account(paypal);
            assertThat(ask(account, Bytes.utf8(body))).isEqualTo(new Rejected(Reason.CONTENT_IMPOSSIBLE));
            var large = KnowingPayPal.withSign(Bytes.utf8("memo=" + "x".repeat(256 * 1024)));
            assertThat(ask(account, large)).isEqualTo(new Rejected(Reason.CONTENT_IMPOSSIBLE));
            assertThat(paypal.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify_sign=ATEST",
                "&&verify_sign=ATEST&=x&%zz",
                "txn_id=T1&txn_id=T2&verify_sign=%zz",
                "charset=klingon&first_name=%ff&verify_sign=A&verify_sign=B",
                "receiver_email=other%40example.com&verify_sign=ATEST",
                "receiver_email=seller%40example.com"
            })
    void senseless_messages_and_those_to_another_receiver_are_verified_too(String body) throws Exception {
        try (var paypal = paypal(replying("VERIFIED"))) {
            assertThat(ask(account(paypal), Bytes.utf8(body))).isInstanceOf(Genuine.class);
        }
    }

    @Test
    void a_body_that_was_denied_is_denied_for_a_minute_without_asking() throws Exception {
        try (var paypal = paypal(replying("INVALID"))) {
            var account = account(paypal);
            for (var second : List.of(0, 1, 59)) {
                assertThat(ask(account, to("merchant@example.com", 1), STRANGER, second))
                        .isEqualTo(new Rejected(Reason.DENIED_BY_GATEWAY));
            }
            assertThat(paypal.requests()).hasSize(1);
            assertThat(ask(account, to("merchant@example.com", 1), STRANGER, 60))
                    .isInstanceOf(Rejected.class);
            assertThat(paypal.requests()).hasSize(2);
        }
    }

    @Test
    void only_a_verified_message_to_this_receiver_proves_a_client() throws Exception {
        try (var paypal = paypal(replying("VERIFIED"))) {
            var account = account(paypal);
            for (var i = 0; i < 10; i++) {
                assertThat(ask(account, to("other@example.com", i), STRANGER, 0))
                        .isInstanceOf(Genuine.class);
            }
            assertThat(ask(account, to("other@example.com", 10), STRANGER, 0)).isInstanceOf(Throttled.class);
            assertThat(ask(account, to("Merchant@Example.com", 11), STRANGER, 1))
                    .isInstanceOf(Genuine.class);
            for (var i = 20; i < 40; i++) {
                assertThat(ask(account, to("merchant@example.com", i), STRANGER, 1))
                        .isInstanceOf(Genuine.class);
            }
        }
    }

    @Test
    void a_client_may_ask_five_times_when_each_message_is_denied_and_then_once_a_second() throws Exception {
        try (var paypal = paypal(replying("INVALID"))) {
            var account = account(paypal);
            for (var message = 1; message <= 5; message++) {
                assertThat(ask(account, to("merchant@example.com", message), STRANGER, 0))
                        .isInstanceOf(Rejected.class);
            }
            assertThat(ask(account, to("merchant@example.com", 6), STRANGER, 0)).isInstanceOf(Throttled.class);
            assertThat(ask(account, to("merchant@example.com", 6), new Source("another"), 0))
                    .isInstanceOf(Rejected.class);
            assertThat(ask(account, to("merchant@example.com", 7), STRANGER, 1)).isInstanceOf(Rejected.class);
            assertThat(ask(account, to("merchant@example.com", 8), STRANGER, 1)).isInstanceOf(Throttled.class);
            assertThat(paypal.requests()).hasSize(7);
        }
    }

    @Test
    void copies_of_a_message_at_the_same_time_cause_one_request() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        try (var paypal = paypal(exchange -> {
            await(mayAnswer);
            replying("VERIFIED").handle(exchange);
        })) {
            var account = account(paypal, "fetch-timeout: PT10S");
            var verdicts = Stream.generate(() -> asking(account)).limit(20).toList();
            mayAnswer.countDown();
            assertThat(verdicts)
                    .allSatisfy(verdict -> assertThat(verdict)
                            .succeedsWithin(20, TimeUnit.SECONDS)
                            .isInstanceOf(Genuine.class));
            assertThat(paypal.requests()).hasSize(1);
        }
    }

    /** A message as PayPal writes them, each with another id. */
    private static Bytes to(String receiver, int number) {
        return Bytes.utf8("notify_version=3.9&charset=windows-1252&receiver_email=" + receiver.replace("@", "%40")
                + "&txn_id=T" + number + "&verify_sign=ATEST");
    }

    private static Verdict ask(GatewayAccount account, Bytes body, Source source, int second) {
        return account.authenticate(Ipns.delivery(body).from(source), Ipns.RECEIVED.plusSeconds(second))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void a_question_given_up_frees_its_place() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var account = account(
                    "https://localhost:" + silent.getLocalPort() + "/", "fetch-timeout: PT0.2S\nfetch-in-flight: 1");
            for (var i = 0; i < 3; i++) {
                assertThat(ask(account)).isNotEqualTo(new Undecided("already 1 requests in flight"));
            }
        }
    }

    @Test
    void a_test_account_may_ask_a_loopback_host_without_tls() throws Exception {
        try (var paypal = LocalPeer.overHttp(replying("VERIFIED"))) {
            var account = Ipns.account(Ipns.TEST, "receiver: merchant@example.com\nverify-url: " + url(paypal));
            assertThat(ask(account)).isInstanceOf(Genuine.class);
        }
    }

    private static LocalPeer paypal(HttpHandler answer) throws Exception {
        return LocalPeer.overHttps(certificate, answer);
    }

    private static String url(LocalPeer paypal) {
        return paypal.url("/cgi-bin/webscr");
    }

    private static GatewayAccount account(LocalPeer paypal) {
        return account(paypal, "fetch-timeout: PT10S");
    }

    private static GatewayAccount account(LocalPeer paypal, String more) {
        return account(url(paypal), more);
    }

    private static GatewayAccount account(String url, String more) {
        return Ipns.account(
                Ipns.LIVE,
                "receiver: merchant@example.com\nverify-url: %s\nfetch-ca: file:%s\n%s".formatted(url, pem, more));
    }

    private static CompletableFuture<Verdict> asking(GatewayAccount account) {
        return account.authenticate(Ipns.delivery(BODY), Ipns.RECEIVED).toCompletableFuture();
    }

    private static Verdict ask(GatewayAccount account) {
        return asking(account).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Verdict ask(GatewayAccount account, Bytes body) {
        return account.authenticate(Ipns.delivery(body), Ipns.RECEIVED)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
