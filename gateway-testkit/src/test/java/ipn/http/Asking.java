package ipn.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What the tests of this room ask, of whom, and what came of it. */
final class Asking {
    static final String HOST = "api.example.com";
    static final URI URL = URI.create("https://api.example.com/v1/keys?id=secret-7");
    static final int BYTES_MAX = 1_000;

    private Asking() {}

    static HttpAccess via(String base, String timeout) {
        return via(base, timeout, 64);
    }

    static HttpAccess via(String base, String timeout, int inFlightMax) {
        var route = new Route.ToHosts(Set.of(HOST), Optional.of(URI.create(base)));
        return new HttpAccess(route, Optional.empty(), Duration.parse(timeout), inFlightMax);
    }

    static CompletionStage<HttpReply> asking(BoundedHttp http) {
        return http.get(URL, Map.of(), BYTES_MAX);
    }

    static HttpReply reply(CompletionStage<HttpReply> asked) {
        return asked.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    static HttpReply reply(HttpAccess access) {
        return reply(asking(new BoundedHttp(access)));
    }

    /** Why there was none. */
    static HttpFailure failure(CompletionStage<HttpReply> asked) {
        try {
            throw new AssertionError("a reply: " + reply(asked));
        } catch (CompletionException e) {
            var failure = HttpFailure.in(e).orElseThrow(() -> new AssertionError("no failure of ours", e));
            assertThat(failure.getMessage()).as("safe to log").doesNotContain("secret", "/v1", "?");
            return failure;
        }
    }

    static HttpFailure failure(HttpAccess access) {
        return failure(asking(new BoundedHttp(access)));
    }
}
