package ipn.gateway.googleplay;

import ipn.gateway.RateLimit;
import ipn.http.BoundedHttp;
import ipn.http.Fetched;
import ipn.http.FetchedOnce;
import ipn.http.HttpReply;
import ipn.http.Unreachable;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The keys that Google signs identity tokens with. Cached for the max-age of Google's response. A token with an unknown key id
 * causes an earlier fetch, at most once a minute because unauthenticated senders can choose any key id.
 */
final class GoogleKeys {
    static final URI URL = URI.create("https://www.googleapis.com/oauth2/v3/certs");

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration KEPT_MIN = Duration.ofMinutes(1);
    private static final Duration KEPT_MAX = Duration.ofDays(1);
    private static final int FETCHES_MAX = 10;
    private static final int BYTES_MAX = 64 * 1024;

    private final BoundedHttp http;
    private final FetchedOnce<URI, Map<String, PublicKey>> kept = new FetchedOnce<>(1, PAUSE);
    private final RateLimit rate = new RateLimit(1, FETCHES_MAX, 0);

    GoogleKeys(BoundedHttp http) {
        this.http = http;
    }

    static boolean isKeyId(String text) {
        return text.matches("[A-Za-z0-9_.-]{1,100}");
    }

    /** The key of that name; empty where Google has none. Fails where Google cannot be asked. */
    CompletionStage<Optional<PublicKey>> find(String kid, Instant now) {
        return kept.get(URL, now, keys -> keys.containsKey(kid), () -> fetch(now))
                .thenApply(keys -> Optional.ofNullable(keys.get(kid)));
    }

    /** While Google cannot be reached nothing is kept, and each token would cause a request. */
    private CompletionStage<Fetched<Map<String, PublicKey>>> fetch(Instant now) {
        if (!rate.allows(now)) {
            return CompletableFuture.failedFuture(
                    new Unreachable("more than one request a second to " + URL.getHost() + " for keys"));
        }
        return http.get(URL, Map.of("Accept", "application/json"), BYTES_MAX).thenApply(GoogleKeys::keys);
    }

    private static Fetched<Map<String, PublicKey>> keys(HttpReply reply) {
        var keys = reply.ok() ? Jwks.rsaKeys(reply.body()) : Map.<String, PublicKey>of();
        if (keys.isEmpty()) {
            throw new CompletionException(new Unreachable(URL.getHost() + " returned no keys"));
        }
        return new Fetched<>(keys, within(reply.maxAge()));
    }

    private static Duration within(Duration maxAge) {
        return maxAge.compareTo(KEPT_MIN) < 0 ? KEPT_MIN : maxAge.compareTo(KEPT_MAX) > 0 ? KEPT_MAX : maxAge;
    }
}
