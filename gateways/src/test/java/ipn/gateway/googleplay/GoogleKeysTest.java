package ipn.gateway.googleplay;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import ipn.conformance.LocalPeer;
import ipn.conformance.TestFiles;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Google's keys come from, how long they are kept, and what happens while they cannot be had. */
@Timeout(60)
class GoogleKeysTest {
    private static final String JWKS =
            TestFiles.bytes("keys/google-play/jwks.json").utf8();
    private static final Bytes BODY = TestGoogle.envelope(TestGoogle.says("'testNotification': {'version': '1.0'}"));

    private final LocalGoogle google = new LocalGoogle();
    private final GatewayAccount account = google.open("");

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void keys_are_asked_for_once_and_kept_as_long_as_google_says() {
        for (var at : new long[] {0, 1, 21_599}) {
            assertThat(judged(SIGNED_AT.plusSeconds(at))).isInstanceOf(Genuine.class);
        }
        assertThat(google.requests()).hasSize(1);
        assertThat(judged(SIGNED_AT.plusSeconds(21_600))).isInstanceOf(Genuine.class);
        assertThat(google.requests()).hasSize(2);
    }

    @Test
    void keys_that_google_does_not_want_kept_are_kept_for_a_minute() {
        google.answers(LocalGoogle.CERTS, LocalPeer.replying(JWKS));
        assertThat(judged(SIGNED_AT)).isInstanceOf(Genuine.class);
        assertThat(judged(SIGNED_AT.plusSeconds(59))).isInstanceOf(Genuine.class);
        assertThat(google.requests()).hasSize(1);
        assertThat(judged(SIGNED_AT.plusSeconds(60))).isInstanceOf(Genuine.class);
        assertThat(google.requests()).hasSize(2);
    }

    @Test
    void a_key_that_google_has_just_begun_to_use_is_asked_for_at_most_once_a_minute() {
        google.answers(LocalGoogle.CERTS, LocalGoogle.keys(JWKS.replace("testkid2", "retired")));
        for (var at : new long[] {0, 1, 59}) {
            assertThat(judged(SIGNED_AT.plusSeconds(at))).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        }
        assertThat(google.requests()).hasSize(1);
        google.answers(LocalGoogle.CERTS, LocalGoogle.keys(JWKS));
        assertThat(judged(SIGNED_AT.plusSeconds(60))).isInstanceOf(Genuine.class);
        assertThat(google.requests()).hasSize(2);
    }

    @Test
    void a_key_that_google_withdrew_counts_no_more_once_asked_again() {
        assertThat(judged(SIGNED_AT)).isInstanceOf(Genuine.class);
        google.answers(LocalGoogle.CERTS, LocalGoogle.keys(JWKS.replace("testkid2", "successor")));
        assertThat(judged(SIGNED_AT.plusSeconds(21_600))).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
    }

    static Stream<HttpHandler> useless() {
        return Stream.of(
                LocalPeer.replying(500, "{}"),
                LocalPeer.replying(404, ""),
                LocalPeer.replying(301, ""),
                LocalPeer.replying(201, JWKS),
                LocalPeer.replying(""),
                LocalPeer.replying("<html>"),
                LocalPeer.replying("{}"),
                LocalPeer.replying("{\"keys\": []}"),
                LocalPeer.replying("{\"keys\": {\"kid\": \"testkid2\"}}"),
                LocalPeer.replying(JWKS + JWKS),
                LocalPeer.replying("x".repeat(70_000)),
                exchange -> {});
    }

    @ParameterizedTest
    @MethodSource("useless")
    void while_keys_cannot_be_had_nobody_can_say(HttpHandler answer) {
        google.answers(LocalGoogle.CERTS, answer);
        assertThat(judged(SIGNED_AT)).isInstanceOf(Undecided.class);
        google.answers(LocalGoogle.CERTS, LocalGoogle.keys(JWKS));
        assertThat(judged(SIGNED_AT)).as("the next one tries again").isInstanceOf(Genuine.class);
    }

    @Test
    void while_keys_cannot_be_had_ten_requests_then_one_a_second_are_sent() {
        google.answers(LocalGoogle.CERTS, LocalPeer.replying(500, "{}"));
        for (var i = 0; i < 30; i++) {
            assertThat(judged(SIGNED_AT)).isInstanceOf(Undecided.class);
        }
        assertThat(google.requests()).hasSize(10);
        assertThat(judged(SIGNED_AT.plusSeconds(1))).isInstanceOf(Undecided.class);
        assertThat(judged(SIGNED_AT.plusSeconds(1))).isInstanceOf(Undecided.class);
        assertThat(google.requests()).hasSize(11);
    }

    @Test
    void a_slow_answer_is_not_waited_for() {
        google.answers(LocalGoogle.CERTS, exchange -> google.hold());
        var hasty = google.open("fetch-timeout: PT1S, ");
        assertThat(judged(hasty, SIGNED_AT)).isEqualTo(new Undecided("no complete answer from localhost within PT1S"));
    }

    @Test
    void keys_that_are_kept_count_while_google_is_away() {
        assertThat(judged(SIGNED_AT)).isInstanceOf(Genuine.class);
        google.answers(LocalGoogle.CERTS, LocalPeer.replying(503, ""));
        assertThat(judged(SIGNED_AT.plusSeconds(3_000))).isInstanceOf(Genuine.class);
        assertThat(judged(SIGNED_AT.plusSeconds(21_600))).isInstanceOf(Undecided.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kty\":\"RSA\"->\"kty\":\"EC\"",
                "\"use\":\"sig\"->\"use\":\"enc\"",
                "\"alg\":\"RS256\"->\"alg\":\"RS384\"",
                "\"e\":\"AQAB\"->\"e\":\"AQ\"",
                "\"e\":\"AQAB\"->\"e\":\"AAAA\"",
                "\"e\":\"AQAB\"->\"e\":\"not base64\"",
                "\"e\":\"AQAB\"->\"x\":1"
            })
    void an_entry_that_is_no_key_for_this_is_left_out(String change) {
        var both = JWKS.replaceAll("\\s", "");
        var parts = change.split("->", -1);
        assertThat(both).contains(parts[0]);
        assertThat(Jwks.rsaKeys(Bytes.utf8(both))).containsOnlyKeys("testkid1", "testkid2");
        assertThat(Jwks.rsaKeys(Bytes.utf8(both.replaceFirst(parts[0], parts[1]))))
                .containsOnlyKeys("testkid2");
    }

    @Test
    void a_name_that_stands_twice_names_nothing() {
        assertThat(Jwks.rsaKeys(Bytes.utf8(JWKS.replace("testkid2", "testkid1"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2040, 16_384})
    void a_key_too_short_or_endless_is_left_out(int bits) {
        var modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE).toByteArray();
        var set = "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"e\":\"AQAB\",\"n\":\"" + TestGoogle.base64Url(modulus)
                + "\"}]}";
        assertThat(Jwks.rsaKeys(Bytes.utf8(set))).isEmpty();
    }

    private Verdict judged(Instant now) {
        return judged(account, now);
    }

    private static Verdict judged(GatewayAccount account, Instant now) {
        return account.authenticate(TestGoogle.delivery(BODY, "Bearer " + TestGoogle.token(now)), now)
                .toCompletableFuture()
                .join();
    }
}
