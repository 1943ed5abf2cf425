package ipn.runtime.caller;

import static ipn.runtime.caller.TestIssuer.claims;
import static ipn.runtime.caller.TestIssuer.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of people, over HTTP, signed here as an issuer would. */
class BearerTokensTest {
    private static final String RSA = "{\"alg\":\"RS256\",\"kid\":\"rsa\"}";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static TestIssuer issuer;
    private static GatedServer server;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TestIssuer();
        server = new GatedServer(
                issuer.settings()
                        + ", rate-limit: 100000, services: {shop: {tokens: ['env:TOKEN'], roles: [checkout]}}",
                Map.of("TOKEN", TOKEN),
                Path.of(""));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    private static String ask(String token) throws Exception {
        return server.ask("/", "authorization", "Bearer " + token);
    }

    private static JWTClaimsSet.Builder ada() {
        return claims("ada", "other", "viewer");
    }

    @Test
    void a_token_of_each_algorithm_names_the_caller() throws Exception {
        assertThat(ask(issuer.rs256(RSA, ada()))).isEqualTo("ada");
        assertThat(ask(TestIssuer.signed(
                        "{\"alg\":\"ES256\",\"kid\":\"ec\",\"typ\":\"JWT\"}",
                        ada(),
                        "SHA256withECDSAinP1363Format",
                        issuer.ec.getPrivate())))
                .isEqualTo("ada");
        assertThat(ask(TestIssuer.signed(
                        "{\"alg\":\"EdDSA\",\"kid\":\"ed\"}", ada(), "Ed25519", issuer.ed.getPrivate())))
                .isEqualTo("ada");
        assertThat(server.ask("/", "authorization", "bEARER  " + issuer.token(ada())))
                .as("of any case")
                .isEqualTo("ada");
    }

    static Stream<Arguments> wrong() {
        var other = TestIssuer.pair("RSA");
        var valid = issuer.token(ada());
        return Stream.of(
                Arguments.of("expired", issuer.token(ada().expirationTime(in(Duration.ofMinutes(-2))))),
                Arguments.of("without an end", issuer.token(ada().expirationTime(null))),
                Arguments.of("not yet valid", issuer.token(ada().notBeforeTime(in(Duration.ofMinutes(2))))),
                Arguments.of("another audience", issuer.token(ada().audience("ipn-other"))),
                Arguments.of("no audience", issuer.token(ada().audience((String) null))),
                Arguments.of("another issuer", issuer.token(ada().issuer("https://login.example.com/"))),
                Arguments.of("no issuer", issuer.token(ada().issuer(null))),
                Arguments.of("no subject", issuer.token(ada().subject(null))),
                Arguments.of("another key", TestIssuer.signed(RSA, ada(), "SHA256withRSA", other.getPrivate())),
                Arguments.of("no key id", issuer.rs256("{\"alg\":\"RS256\"}", ada())),
                Arguments.of("unknown key id", issuer.rs256("{\"alg\":\"RS256\",\"kid\":\"new\"}", ada())),
                Arguments.of("a huge key id", issuer.rs256(header("k".repeat(300)), ada())),
                Arguments.of("a key of another kind", issuer.rs256("{\"alg\":\"RS256\",\"kid\":\"ec\"}", ada())),
                Arguments.of(
                        "the key of another algorithm",
                        TestIssuer.signed(
                                "{\"alg\":\"RS512\",\"kid\":\"rsa\"}",
                                ada(),
                                "SHA512withRSA",
                                issuer.rsa.getPrivate())),
                Arguments.of("no algorithm", TestIssuer.content("{\"alg\":\"none\",\"kid\":\"rsa\"}", ada()) + "."),
                Arguments.of("the public key as a secret", hmacOfPublicKey()),
                Arguments.of(
                        "an extension that must be understood",
                        issuer.rs256("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"x\"],\"x\":1}", ada())),
                Arguments.of(
                        "another type",
                        issuer.rs256("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"dpop+jwt\"}", ada())),
                Arguments.of("without its last bytes", valid.substring(0, valid.length() - 8)),
                Arguments.of("without a signature", valid.substring(0, valid.lastIndexOf('.') + 1)),
                Arguments.of("other claims", otherClaims(valid)),
                Arguments.of("huge", issuer.token(ada().claim("more", "x".repeat(8_000)))),
                Arguments.of("not a token", "abc"),
                Arguments.of("dots", "..."));
    }

    private static String header(String keyId) {
        return "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}";
    }

    private static String otherClaims(String valid) {
        var parts = valid.split("\\.");
        return parts[0] + "."
                + Base64URL.encode(claims("mallory", "approver").build().toString()) + "." + parts[2];
    }

    private static String hmacOfPublicKey() {
        try {
            var content = TestIssuer.content("{\"alg\":\"HS256\",\"kid\":\"rsa\"}", ada());
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(issuer.rsa.getPublic().getEncoded(), "HmacSHA256"));
            return content + "." + Base64URL.encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void a_token_that_is_wrong_in_any_way_is_refused(String how, String token) throws Exception {
        assertThat(ask(token)).isEqualTo("NOT_AUTHENTIC");
        assertThat(ask(token)).as("again").isEqualTo("NOT_AUTHENTIC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "Token x"})
    void a_header_without_a_token_is_refused(String header) throws Exception {
        assertThat(server.ask("/", "authorization", header)).isEqualTo("NOT_AUTHENTIC");
    }

    @Test
    void a_token_elsewhere_or_beside_another_is_refused() throws Exception {
        var token = issuer.token(ada());
        assertThat(server.ask("/?access_token=" + token)).isEqualTo("NOT_AUTHENTIC");
        assertThat(server.ask("/")).isEqualTo("NOT_AUTHENTIC");
        assertThat(server.ask("/", "authorization", "Bearer " + token, "authorization", "Bearer x"))
                .isEqualTo("NOT_AUTHENTIC");
    }

    @ParameterizedTest
    @CsvSource({
        "/people, viewer, ada",
        "/people, support, ada",
        "/people, service, NO_ROLE",
        "/people, checkout, NO_ROLE",
        "/people, VIEWER, NO_ROLE",
        "/people, viewers, NO_ROLE",
        "/, viewer, ada",
        "/, service, ada",
        "/, checkout, NO_ROLE",
        "/orders, checkout, ada",
        "/orders, viewer, NO_ROLE",
        "/orders, approver, NO_ROLE",
        "/orders, service, NO_ROLE",
    })
    void a_role_is_needed_that_may_do_it(String path, String role, String answer) throws Exception {
        assertThat(server.ask(path, "authorization", "Bearer " + issuer.token(claims("ada", role))))
                .isEqualTo(answer);
    }

    @Test
    void roles_are_where_the_settings_say_as_a_list_or_as_words() throws Exception {
        var words = ada().claim("realm_access", Map.of("roles", "openid viewer"));
        assertThat(ask(issuer.token(words))).isEqualTo("ada");
        assertThat(ask(issuer.token(ada().claim("realm_access", "viewer")))).isEqualTo("NO_ROLE");
        assertThat(ask(issuer.token(ada().claim("realm_access", null).claim("roles", List.of("viewer")))))
                .isEqualTo("NO_ROLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00fc\u4e16\uD83D\uDE00", "'; drop table users --", "<script>", "ada@example.com"})
    void a_subject_has_any_characters(String subject) throws Exception {
        assertThat(ask(issuer.token(claims(subject, "viewer")))).isEqualTo(subject);
    }

    @Test
    void the_name_of_a_caller_is_short_and_on_one_line() throws Exception {
        assertThat(ask(issuer.token(claims("a\nb" + "c".repeat(300), "viewer"))))
                .startsWith("a?bc")
                .hasSize(200);
    }

    @Test
    void a_service_has_a_token_of_the_settings_and_the_role_that_they_give_it() throws Exception {
        assertThat(server.ask("/orders", "authorization", "Bearer " + TOKEN)).isEqualTo("shop");
        assertThat(ask(TOKEN)).isEqualTo("NO_ROLE");
        assertThat(ask(TOKEN + "x")).isEqualTo("NOT_AUTHENTIC");
    }

    @Test
    void a_short_key_is_not_believed() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var weak = generator.generateKeyPair();
        try (var own = new TestIssuer();
                var weakly = new GatedServer(own.settings())) {
            own.setKeys(new RSAKey.Builder((RSAPublicKey) weak.getPublic())
                    .keyID("rsa")
                    .build());
            var token = TestIssuer.signed(RSA, ada(), "SHA256withRSA", weak.getPrivate());
            assertThat(weakly.ask("/", "authorization", "Bearer " + token)).isEqualTo("NOT_AUTHENTIC");
        }
    }

    @Test
    void nobody_is_refused_for_good_while_the_keys_cannot_be_fetched() throws Exception {
        var token = issuer.token(ada());
        var away = issuer.settings().replaceAll("127.0.0.1:[0-9]+", "127.0.0.1:1");
        try (var without = new GatedServer(away)) {
            assertThat(without.ask("/", "authorization", "Bearer " + token)).isEqualTo("ISSUER_AWAY");
        }
    }
}
