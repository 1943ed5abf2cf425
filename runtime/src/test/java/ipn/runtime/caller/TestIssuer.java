package ipn.runtime.caller;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer with a key of each kind, which it serves. */
final class TestIssuer implements AutoCloseable {
    static final String NAME = "https://login.example.com";
    static final String AUDIENCE = "ipn";

    final KeyPair rsa = pair("RSA");
    final KeyPair ec = pair("EC");
    final KeyPair ed = pair("Ed25519");
    final AtomicInteger fetches = new AtomicInteger();
    private final HttpServer server;
    private volatile List<JWK> keys = List.of(
            new RSAKey.Builder((RSAPublicKey) rsa.getPublic()).keyID("rsa").build(),
            new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic())
                    .keyID("ec")
                    .build(),
            new OctetKeyPair.Builder(Curve.Ed25519, x(ed)).keyID("ed").build());

    TestIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            var body = new JWKSet(keys).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URI url() {
        return URI.create(
                "http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort()));
    }

    /** As the settings name it. */
    String settings() {
        return "oidc: {issuer: '%s', audience: '%s', jwks-url: '%s', roles-claim: realm_access.roles}"
                .formatted(NAME, AUDIENCE, url());
    }

    /** From now on it has these keys. */
    void setKeys(JWK... more) {
        keys = List.of(more);
    }

    static JWTClaimsSet.Builder claims(String subject, String... roles) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(subject)
                .expirationTime(in(Duration.ofMinutes(5)))
                .claim("realm_access", Map.of("roles", List.of(roles)));
    }

    static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    /** Of the algorithm that most issuers use. */
    String token(JWTClaimsSet.Builder claims) {
        return rs256("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}", claims);
    }

    String rs256(String header, JWTClaimsSet.Builder claims) {
        return signed(header, claims, "SHA256withRSA", rsa.getPrivate());
    }

    static String signed(String header, JWTClaimsSet.Builder claims, String algorithm, PrivateKey key) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            var content = content(header, claims);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String content(String header, JWTClaimsSet.Builder claims) {
        return Base64URL.encode(header) + "." + Base64URL.encode(claims.build().toString());
    }

    static KeyPair pair(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Base64URL x(KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
