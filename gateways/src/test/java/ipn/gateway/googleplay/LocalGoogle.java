package ipn.gateway.googleplay;

import com.sun.net.httpserver.HttpHandler;
import ipn.conformance.LocalPeer;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.gateway.GatewayAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Google's answering side on this machine: its keys, access tokens, and the documents a test put there. */
final class LocalGoogle implements AutoCloseable {
    static final String CERTS = GoogleKeys.URL.getPath();
    static final String TOKEN = AccessTokens.URL.getPath();
    static final String ACCESS_TOKEN = "ya29.TEST-access-token";
    private static final String CREDENTIALS =
            TestFiles.bytes("keys/google-play/TEST-ONLY-service-account.json").utf8();

    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    private final LocalPeer peer;

    LocalGoogle() {
        try {
            peer = LocalPeer.overHttp(exchange -> answers.getOrDefault(
                            exchange.getRequestURI().getRawPath(),
                            LocalPeer.replying(404, "{\"error\":{\"code\":404}}"))
                    .handle(exchange));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers(CERTS, keys(TestFiles.bytes("keys/google-play/jwks.json").utf8()));
        answers(
                TOKEN,
                LocalPeer.replying(
                        "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"));
    }

    static HttpHandler keys(String jwks) {
        return exchange -> {
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=21600, must-revalidate");
            LocalPeer.replying(jwks).handle(exchange);
        };
    }

    LocalGoogle answers(String path, HttpHandler answer) {
        answers.put(path, answer);
        return this;
    }

    LocalGoogle answers(PublisherResource place, HttpHandler answer) {
        return answers(URI.create(place.url()).getRawPath(), answer);
    }

    LocalGoogle has(PublisherResource place, String json) {
        return answers(place, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            LocalPeer.replying(json.replace('\'', '"')).handle(exchange);
        });
    }

    void hold() {
        peer.hold();
    }

    /** Paths asked, in order. */
    List<String> requests() {
        return peer.requests().stream().map(LocalPeer.Request::path).toList();
    }

    List<LocalPeer.Request> askedFor(String path) {
        return peer.requests().stream()
                .filter(asked -> asked.path().equals(path))
                .toList();
    }

    /** An account that looks at what it is told. */
    GatewayAccount looking() {
        return open("api-credentials: 'env:PLAY', ");
    }

    /** An account that only listens. */
    GatewayAccount listening() {
        return open("");
    }

    GatewayAccount open(String more) {
        return open(TestGoogle.EMAIL, more);
    }

    GatewayAccount open(String email, String more) {
        var section =
                "{mode: test, audience: '%s', service-account-email: '%s', subscription: '%s', package: '%s', %sfetch-via: '%s', %s}"
                        .formatted(
                                TestGoogle.AUDIENCE,
                                email,
                                TestGoogle.SUBSCRIPTION,
                                TestGoogle.PACKAGE,
                                more,
                                peer.url(""),
                                more.contains("fetch-timeout") ? "" : "fetch-timeout: PT10S");
        return TestAccounts.open(GooglePlayGateway.NAME, section, Map.of("PLAY", CREDENTIALS));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        peer.close();
    }
}
