package ipn.http;

import static ipn.conformance.LocalPeer.replying;
import static ipn.http.Asking.BYTES_MAX;
import static ipn.http.Asking.HOST;
import static ipn.http.Asking.URL;
import static ipn.http.Asking.asking;
import static ipn.http.Asking.failure;
import static ipn.http.Asking.reply;
import static ipn.http.Asking.via;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.LocalPeer;
import ipn.gateway.content.Bytes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BoundedHttpTest {
    @Test
    void a_reply_has_status_type_age_and_body() throws Exception {
        try (var peer = LocalPeer.overHttp(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "Application/JSON; charset=utf-8");
            exchange.getResponseHeaders().add("Cache-Control", "public, max-age=600");
            replying("{}").handle(exchange);
        })) {
            assertThat(reply(via(peer.url(""), "PT10S")))
                    .isEqualTo(new HttpReply(200, "application/json", Duration.ofMinutes(10), Bytes.utf8("{}")));
        }
    }

    @Test
    void a_reply_without_headers_has_neither_type_nor_age() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            assertThat(reply(via(peer.url(""), "PT10S")))
                    .isEqualTo(new HttpReply(200, "", Duration.ZERO, Bytes.utf8("{}")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/paypal", "/paypal/"})
    void via_keeps_path_and_query_behind_its_own_path(String base) throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            reply(via(peer.url(base), "PT10S"));
            assertThat(peer.requests())
                    .singleElement()
                    .extracting(LocalPeer.Request::path)
                    .isEqualTo(base.replaceFirst("/$", "") + "/v1/keys?id=secret-7");
        }
    }

    @Test
    void via_keeps_what_is_encoded_as_it_is() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = new BoundedHttp(via(peer.url(""), "PT10S"));
            reply(http.get("https://api.example.com/a%2Fb/%C3%A9?c=%26d&e=+f", Map.of(), BYTES_MAX));
            assertThat(peer.requests())
                    .singleElement()
                    .extracting(LocalPeer.Request::path)
                    .isEqualTo("/a%2Fb/%C3%A9?c=%26d&e=+f");
        }
    }

    @Test
    void get_sends_the_headers_given_and_no_body() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = new BoundedHttp(via(peer.url(""), "PT10S"));
            reply(http.get(URL, Map.of("Authorization", "Bearer x", "Accept", "application/json"), BYTES_MAX));
            assertThat(peer.requests()).singleElement().satisfies(asked -> {
                assertThat(asked.method()).isEqualTo("GET");
                assertThat(asked.headers())
                        .containsEntry("Authorization", List.of("Bearer x"))
                        .containsEntry("Accept", List.of("application/json"))
                        .containsEntry("User-agent", List.of("ipn/1"))
                        .doesNotContainKeys("Upgrade", "Http2-settings");
                assertThat(asked.body().size()).isZero();
            });
        }
    }

    @Test
    void post_sends_the_body_with_its_length() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = new BoundedHttp(via(peer.url(""), "PT10S"));
            reply(http.post(URL, Map.of("Content-Type", "application/json"), Bytes.utf8("{\"a\":1}"), BYTES_MAX));
            assertThat(peer.requests()).singleElement().satisfies(asked -> {
                assertThat(asked.method()).isEqualTo("POST");
                assertThat(asked.body()).isEqualTo(Bytes.utf8("{\"a\":1}"));
                assertThat(asked.headers())
                        .containsEntry("Content-length", List.of("7"))
                        .doesNotContainKey("Transfer-encoding");
            });
        }
    }

    @Test
    void a_body_of_just_the_bound_is_whole_and_one_more_is_too_long() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("x".repeat(BYTES_MAX)))) {
            assertThat(reply(via(peer.url(""), "PT10S")).body().size()).isEqualTo(BYTES_MAX);
        }
        for (var announced : new boolean[] {true, false}) {
            try (var peer = LocalPeer.overHttp(exchange -> {
                exchange.sendResponseHeaders(200, announced ? BYTES_MAX + 1 : 0);
                exchange.getResponseBody().write(new byte[BYTES_MAX + 1]);
            })) {
                assertThat(failure(via(peer.url(""), "PT10S"))).hasMessageEndingWith("more than 1000 bytes");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret\r\nX-Evil: 1", "Bearer secret\n", "secret\u0000"})
    void a_header_that_http_cannot_carry_is_a_failure_that_does_not_quote_it(String value) throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = new BoundedHttp(via(peer.url(""), "PT10S"));
            assertThat(failure(http.get(URL, Map.of("Authorization", value), BYTES_MAX)))
                    .isInstanceOf(Unreachable.class);
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void nobody_there() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(failure(via("http://localhost:" + port, "PT10S")))
                .isInstanceOf(Unreachable.class)
                .hasMessage("no answer from localhost: ConnectException");
    }

    @Test
    void above_the_bound_nobody_is_asked_and_a_place_is_free_again_afterwards() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        try (var peer = LocalPeer.overHttp(exchange -> {
            await(mayAnswer);
            replying("{}").handle(exchange);
        })) {
            var http = new BoundedHttp(via(peer.url(""), "PT10S", 3));
            var first = IntStream.range(0, 3).mapToObj(i -> asking(http)).toList();
            for (var i = 0; i < 1_000; i++) {
                assertThat(asking(http)).isCompletedExceptionally();
            }
            assertThat(failure(asking(http)))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage("already 3 requests in flight");
            assertThat(first).noneMatch(asked -> asked.toCompletableFuture().isDone());
            mayAnswer.countDown();
            first.forEach(asked -> assertThat(reply(asked).status()).isEqualTo(200));
            assertThat(reply(asking(http)).status()).isEqualTo(200);
            assertThat(peer.requests()).hasSize(4);
        }
    }

    @Test
    void whatever_fails_leaves_its_place() throws Exception {
        try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var http = new BoundedHttp(via("http://localhost:" + deaf.getLocalPort(), "PT0.1S", 1));
            for (var i = 0; i < 3; i++) {
                assertThat(failure(asking(http))).hasMessageStartingWith("no complete answer");
                assertThat(failure(http.get("https://elsewhere.example.com/", Map.of(), 1)))
                        .isInstanceOf(NotAllowed.class);
                assertThat(failure(http.get(URL, Map.of("a b", ""), 1))).hasMessageContaining("invalid HTTP request");
            }
        }
    }

    /** As a name server would that says nothing: the client looks for its way before it connects. */
    @Test
    void nobody_waits_for_a_way_that_is_not_found() throws Exception {
        var found = new CountDownLatch(1);
        try (var dialled = new Dialled(() -> await(found));
                var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = new BoundedHttp(via(peer.url(""), "PT0.3S"));
            for (var i = 0; i < 10; i++) {
                assertThat(failure(asking(http))).hasMessage("no complete answer from localhost within PT0.3S");
            }
            assertThat(dialled.hosts()).as("one for each of the threads").hasSizeLessThanOrEqualTo(4);
            found.countDown();
            var later = new BoundedHttp(via(peer.url(""), "PT10S"));
            assertThat(reply(asking(later)).status()).isEqualTo(200);
        }
    }

    @Test
    void nothing_is_started_before_it_is_used() {
        var clients = IntStream.range(0, 100)
                .mapToObj(i -> client("unused.example.com", "http://localhost:1"))
                .toList();
        assertThat(clients).hasSize(100);
        assertThat(threads("ipn-http unused.example.com")).isEmpty();
    }

    @Test
    void few_threads_ask_much_and_all_are_daemons() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = client("used.example.com", peer.url(""));
            var asked = IntStream.range(0, 50)
                    .mapToObj(i -> http.get("https://used.example.com/", Map.of(), BYTES_MAX))
                    .toList();
            asked.forEach(Asking::reply);
            assertThat(threads("ipn-http used.example.com"))
                    .hasSizeBetween(1, 4)
                    .allMatch(Thread::isDaemon);
            assertThat(threads("HttpClient-")).isNotEmpty().allMatch(Thread::isDaemon);
        }
    }

    private static BoundedHttp client(String host, String base) {
        var route = new Route.ToHosts(Set.of(host), Optional.of(URI.create(base)));
        return new BoundedHttp(new HttpAccess(route, Optional.empty(), Duration.ofSeconds(10), 64));
    }

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .toList();
    }

    @Test
    void bounds_that_are_none_are_refused() {
        assertThat(List.of(Duration.ZERO, Duration.ofSeconds(-1)))
                .allSatisfy(timeout -> assertThat(refused(timeout, 1)).startsWith("timeout: "));
        assertThat(refused(Duration.ofSeconds(1), 0)).startsWith("inFlightMax: 0");
    }

    private static String refused(Duration timeout, int inFlightMax) {
        try {
            return via("https://" + HOST, timeout.toString(), inFlightMax).toString();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
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
