package ipn.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import ipn.query.http.Callers.Credentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, signed here as an issuer would. */
class TokenCallersTest {
    private static final String ISSUER = "https://login.example.com";
    private static final String AUDIENCE = "ipn-query";

    private static ECKey key;
    private static HttpServer issuer;
    private static TokenCallers callers;

    @BeforeAll
    static void start() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        var keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        callers = callers(issuer.getAddress().getPort());
    }

    private static TokenCallers callers(int port) {
        return new TokenCallers(new OidcSettings(
                ISSUER, AUDIENCE, URI.create("http://127.0.0.1:" + port + "/keys"), "realm_access.roles"));
    }

    @AfterAll
    static void stop() {
        issuer.stop(0);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("ada")
                .expirationTime(in(Duration.ofMinutes(5)))
                .claim("realm_access", Map.of("roles", List.of("other", "viewer")));
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        return signed(claims, JWSAlgorithm.ES256, new ECDSASigner(key));
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws Exception {
        var header = new JWSHeader.Builder(algorithm)
                .keyID("k1")
                .type(new JOSEObjectType("at+jwt"))
                .build();
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String ask(String token) {
        return callers.identify(new Credentials("query.example.com", "Bearer " + token));
    }

    private static Problem refused(String token) {
        return catchThrowableOfType(ProblemException.class, () -> ask(token)).problem();
    }

    @Test
    void a_token_of_the_issuer_for_this_audience_with_a_role_names_the_caller() throws Exception {
        assertThat(ask(signed(claims().build()))).isEqualTo("ada");
    }

    @Test
    void a_role_is_needed_that_may_ask() throws Exception {
        for (var roles : List.of(List.of(), List.of("service"), List.of("VIEWER"), List.of("viewers"))) {
            var token = signed(
                    claims().claim("realm_access", Map.of("roles", roles)).build());
            assertThat(refused(token)).as("%s", roles).isEqualTo(Problem.NO_ROLE);
        }
        assertThat(refused(signed(claims().claim("realm_access", "viewer").build())))
                .isEqualTo(Problem.NO_ROLE);
    }

    @Test
    void a_token_that_is_wrong_in_any_way_is_refused() throws Exception {
        var other = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        var right = signed(claims().build());
        var secret = "0123456789abcdef0123456789abcdef";
        var wrong = Map.ofEntries(
                Map.entry(
                        "expired",
                        signed(claims().expirationTime(in(Duration.ofMinutes(-2)))
                                .build())),
                Map.entry("without an end", signed(claims().expirationTime(null).build())),
                Map.entry(
                        "not yet valid",
                        signed(claims().notBeforeTime(in(Duration.ofMinutes(2))).build())),
                Map.entry("another audience", signed(claims().audience("other").build())),
                Map.entry(
                        "without audience",
                        signed(claims().audience((String) null).build())),
                Map.entry(
                        "another issuer", signed(claims().issuer("https://evil").build())),
                Map.entry("without subject", signed(claims().subject(null).build())),
                Map.entry("another key", signed(claims().build(), JWSAlgorithm.ES256, new ECDSASigner(other))),
                Map.entry("a secret", signed(claims().build(), JWSAlgorithm.HS256, new MACSigner(secret))),
                Map.entry("no algorithm", new PlainJWT(claims().build()).serialize()),
                Map.entry("changed", right.substring(0, right.length() - 6) + "AAAAAA"),
                Map.entry("no token", "abc"));

        wrong.forEach((how, token) -> assertThat(refused(token)).as(how).isEqualTo(Problem.NOT_AUTHENTIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Bearer", "Bearer "})
    void a_header_without_a_token_is_refused(String header) {
        var thrown =
                catchThrowableOfType(ProblemException.class, () -> callers.identify(new Credentials("query", header)));
        assertThat(thrown.problem()).isEqualTo(Problem.NOT_AUTHENTIC);
    }

    @Test
    void nobody_is_refused_for_good_while_the_keys_cannot_be_fetched() throws Exception {
        var token = signed(claims().build());
        var away = callers(1);
        var thrown = catchThrowableOfType(
                ProblemException.class, () -> away.identify(new Credentials("query", "Bearer " + token)));
        assertThat(thrown.problem()).isEqualTo(Problem.ISSUER_AWAY);
    }
}
