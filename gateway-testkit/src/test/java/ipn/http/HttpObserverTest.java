package ipn.http;

import static ipn.conformance.LocalPeer.replying;
import static ipn.http.Asking.BYTES_MAX;
import static ipn.http.Asking.URL;
import static ipn.http.Asking.asking;
import static ipn.http.Asking.failure;
import static ipn.http.Asking.reply;
import static ipn.http.Asking.via;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.LocalPeer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpObserverTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final HttpObserver observer = (method, url) -> {
        seen.add(method + " " + url.getPath());
        return status -> seen.add(Integer.toString(status));
    };

    @Test
    void learns_of_requests_and_of_those_that_follow_from_their_replies() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = new BoundedHttp(via(peer.url(""), "PT10S"));
            var second = HttpObserver.during(
                    observer,
                    () -> asking(http)
                            .thenCompose(first -> http.get("https://api.example.com/v2", Map.of(), BYTES_MAX)));
            assertThat(reply(second).ok()).isTrue();
            assertThat(seen).containsExactly("GET /v1/keys", "200", "GET /v2", "200");
        }
    }

    @Test
    void learns_that_there_is_no_reply_and_the_failure_stays_as_it_is() {
        var http = new BoundedHttp(via("http://127.0.0.1:1", "PT10S"));
        assertThat(failure(HttpObserver.during(observer, () -> asking(http)))).isInstanceOf(Unreachable.class);
        assertThat(seen).containsExactly("GET /v1/keys", "0");
    }

    @Test
    void learns_of_nothing_that_others_send() throws Exception {
        try (var peer = LocalPeer.overHttp(replying("{}"))) {
            var http = new BoundedHttp(via(peer.url(""), "PT10S"));
            HttpObserver.during(observer, () -> URL);
            assertThat(reply(asking(http)).ok()).isTrue();
            assertThat(seen).isEmpty();
        }
    }
}
