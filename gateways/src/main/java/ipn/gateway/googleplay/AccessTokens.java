package ipn.gateway.googleplay;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import ipn.http.BoundedHttp;
import ipn.http.Fetched;
import ipn.http.FetchedOnce;
import ipn.http.HttpReply;
import ipn.http.Unreachable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Access tokens for the Android Publisher API: requested with the service account's key, cached until shortly before expiry. */
final class AccessTokens {
    static final URI URL = URI.create("https://oauth2.googleapis.com/token");

    private static final String GRANT = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");

    /** A token must outlast the request it is sent with. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private static final Duration KEPT_MAX = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int BYTES_MAX = 16 * 1024;

    private final BoundedHttp http;
    private final ServiceAccount account;
    private final FetchedOnce<URI, Token> kept = new FetchedOnce<>(1, PAUSE);
    private volatile @Nullable Token refused;

    /**
     * An access token.
     *
     * @param text as {@code Authorization} wants it; never printed
     */
    record Token(Bytes text) {
        String header() {
            return "Bearer " + text.utf8();
        }
    }

    AccessTokens(BoundedHttp http, ServiceAccount account) {
        this.http = http;
        this.account = account;
    }

    CompletionStage<Token> get(Instant now) {
        return kept.get(URL, now, token -> !token.equals(refused), () -> fetch(now));
    }

    /** The API rejected this token: the next request fetches a new one. */
    void refused(Token token) {
        refused = token;
    }

    private CompletionStage<Fetched<Token>> fetch(Instant now) {
        return http.post(URL, FORM, Bytes.utf8(GRANT + account.assertion(now)), BYTES_MAX)
                .thenApply(reply -> token(reply)
                        .orElseThrow(() -> new CompletionException(new Unreachable(
                                URL.getHost() + " gave no access token: status " + Integer.toString(reply.status())))));
    }

    private static Optional<Fetched<Token>> token(HttpReply reply) {
        var answer = reply.ok() ? StrictJson.glance(reply.body(), JsonShape.WHOLE) : Optional.<JsonField>empty();
        return answer.flatMap(json -> {
            var text = json.at("access_token").glance().filter(token -> token.matches("[!-~]{1,4096}"));
            var seconds = json.at("expires_in").glance().filter(digits -> digits.matches("[0-9]{1,9}"));
            return text.flatMap(token -> seconds.map(lives ->
                    new Fetched<>(new Token(Bytes.utf8(token)), keep(Duration.ofSeconds(Long.parseLong(lives))))));
        });
    }

    private static Duration keep(Duration lives) {
        var keep = lives.minus(MARGIN);
        return keep.compareTo(KEPT_MAX) > 0 ? KEPT_MAX : keep;
    }
}
