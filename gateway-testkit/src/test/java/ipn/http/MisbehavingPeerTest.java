package ipn.http;

import static ipn.http.Asking.BYTES_MAX;
import static ipn.http.Asking.failure;
import static ipn.http.Asking.reply;
import static ipn.http.Asking.via;
import static ipn.http.RawPeer.dripping;
import static ipn.http.RawPeer.repeating;
import static ipn.http.RawPeer.replying;
import static ipn.http.RawPeer.stopping;
import static ipn.http.RawPeer.tearing;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the other side does, the answer is short, in time, and says nothing it should not. */
@Timeout(60)
class MisbehavingPeerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String TOO_LONG = "no answer from localhost: a reply of more than " + BYTES_MAX + " bytes";
    private static final String LATE = "no complete answer from localhost within PT0.3S";

    @Test
    void one_that_never_takes_the_connection() throws Exception {
        try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(failure(via("http://localhost:" + deaf.getLocalPort(), "PT0.3S")))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage(LATE);
        }
    }

    @Test
    void one_that_says_nothing_is_hung_up_on() throws Exception {
        late(stopping(""));
    }

    @Test
    void one_that_stops_in_the_middle_is_hung_up_on() throws Exception {
        late(stopping(OK + "Content-Length: 100\r\n\r\nhalf"));
    }

    @Test
    void a_body_that_drips_is_not_waited_for() throws Exception {
        late(dripping(OK + "Content-Length: 1000\r\n\r\n", "x"));
    }

    @Test
    void a_chunked_body_that_drips_is_not_waited_for() throws Exception {
        late(dripping(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"));
    }

    @Test
    void a_head_that_drips_is_not_waited_for() throws Exception {
        late(dripping(OK, "X-A: b\r\n"));
    }

    private static void late(RawPeer.Script script) throws Exception {
        try (var peer = new RawPeer(script)) {
            assertThat(failure(via(peer.url(), "PT0.3S")))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage(LATE);
            assertThat(peer.hungUp()).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void an_endless_body_is_cut_off() throws Exception {
        tooLong(repeating(OK + "Connection: close\r\n\r\n", "x".repeat(5_000)));
    }

    @Test
    void an_endless_body_in_chunks_is_cut_off() throws Exception {
        tooLong(repeating(OK + "Transfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n"));
    }

    @Test
    void a_body_that_announces_its_size_is_not_begun() throws Exception {
        tooLong(stopping(OK + "Content-Length: 1000000000\r\n\r\n"));
    }

    @Test
    void a_body_longer_than_any_number_is_not_begun() throws Exception {
        unreachable(stopping(OK + "Content-Length: 99999999999999999999\r\n\r\n"), "PT2S");
    }

    private static void tooLong(RawPeer.Script script) throws Exception {
        try (var peer = new RawPeer(script)) {
            assertThat(failure(via(peer.url(), "PT10S")))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage(TOO_LONG);
            assertThat(peer.hungUp()).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void an_endless_header_is_given_up() throws Exception {
        unreachable(repeating(OK + "X-Long: ", "x".repeat(5_000)), "PT2S");
    }

    @Test
    void endless_headers_are_given_up() throws Exception {
        unreachable(repeating(OK, "X-Many: many\r\n".repeat(500)), "PT2S");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.9\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\r\n\r\n",
                "{\"keys\":[]}\r\n\r\n",
                ""
            })
    void one_that_does_not_speak_http(String text) throws Exception {
        unreachable(replying(text), "PT10S");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 2",
                OK,
                OK + "Content-Length: 100\r\n\r\nhalf",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"
            })
    void a_connection_that_ends_or_is_torn_down_in_the_middle_is_no_reply(String text) throws Exception {
        unreachable(replying(text), "PT10S");
        unreachable(tearing(text), "PT10S");
    }

    private static void unreachable(RawPeer.Script script, String timeout) throws Exception {
        try (var peer = new RawPeer(script)) {
            assertThat(failure(via(peer.url(), timeout))).isInstanceOf(Unreachable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_a_status_and_nobody_follows_it(int status) throws Exception {
        try (var elsewhere = new RawPeer(replying(OK + "Content-Length: 0\r\n\r\n"));
                var dialled = new Dialled();
                var peer = new RawPeer(replying(redirect(status, "http://169.254.169.254/latest/meta-data/")));
                var second = new RawPeer(replying(redirect(status, elsewhere.url())))) {
            assertThat(reply(via(peer.url(), "PT10S")).status()).isEqualTo(status);
            assertThat(reply(via(second.url(), "PT10S")).status()).isEqualTo(status);
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(dialled.hosts()).containsExactly("localhost", "localhost");
            assertThat(peer.requests()).hasSize(1);
        }
    }

    private static String redirect(int status, String to) {
        return "HTTP/1.1 " + status + " Moved\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503})
    void the_page_of_another_status_is_not_read(int status) throws Exception {
        try (var peer =
                new RawPeer(repeating("HTTP/1.1 " + status + " No\r\nConnection: close\r\n\r\n", "x".repeat(5_000)))) {
            var reply = reply(via(peer.url(), "PT10S"));
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body().size()).isZero();
            assertThat(peer.hungUp()).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }
}
