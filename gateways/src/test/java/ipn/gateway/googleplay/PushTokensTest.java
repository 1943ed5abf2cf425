package ipn.gateway.googleplay;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.Tampering;
import ipn.conformance.TestFiles;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose token counts. */
class PushTokensTest {
    private static final Bytes BODY = TestGoogle.envelope(TestGoogle.says("'testNotification': {'version': '1.0'}"));
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"testkid2\",\"typ\":\"JWT\"}";
    private static final String CLAIMS = TestGoogle.claims(SIGNED_AT);

    private final LocalGoogle google = new LocalGoogle();
    private final GatewayAccount account = google.listening();

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    @Proves(Proof.VECTORS)
    void the_vector_counts_from_its_beginning_to_its_end() {
        var vector = TestFiles.vectors("google-play").get(0);
        var authorization = vector.path("headers").path("Authorization").asText();
        for (var at : List.of(1_788_264_000L, 1_788_267_600L)) {
            assertThat(judged(authorization, Instant.ofEpochSecond(at)))
                    .isEqualTo(new Genuine("oidc-rs256", "testkid1"));
        }
    }

    @Test
    @Proves(Proof.SKEW)
    void a_token_is_good_for_its_hour_and_for_clocks_that_differ_by_a_minute() {
        var authorization = "Bearer " + TestGoogle.token(SIGNED_AT);
        for (var seconds : List.of(-60, 0, 3599, 3600, 3659)) {
            assertThat(judged(authorization, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isInstanceOf(Genuine.class);
        }
        for (var seconds : List.of(-61, -86_400, 3660, 86_400)) {
            assertThat(judged(authorization, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
        }
    }

    // spotless:off
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'aud':'https://pay.example.com/hooks/google-play' | 'aud':'https://pay.example.com/hooks/google-play/'",
        "'aud':'https://pay.example.com/hooks/google-play' | 'aud':'https://other.example.com/'",
        "'aud':'https://pay.example.com/hooks/google-play' | 'aud':['https://pay.example.com/hooks/google-play']",
        "'aud':'https://pay.example.com/hooks/google-play' | 'aud':null",
        "'aud':'https://pay.example.com/hooks/google-play' | 'x':1",
        "'email':'play-rtdn@test-project.iam.gserviceaccount.com' | 'email':'play-rtdn@other-project.iam.gserviceaccount.com'",
        "'email':'play-rtdn@test-project.iam.gserviceaccount.com' | 'email':'PLAY-RTDN@test-project.iam.gserviceaccount.com'",
        "'email':'play-rtdn@test-project.iam.gserviceaccount.com' | 'x':1",
        "'email_verified':true | 'email_verified':false",
        "'email_verified':true | 'email_verified':'true'",
        "'email_verified':true | 'email_verified':1",
        "'email_verified':true | 'x':1",
        "'email_verified':true | 'email_verified':true,'email_verified':true",
        "'iss':'https://accounts.google.com' | 'iss':'https://accounts.google.com.evil.example'",
        "'iss':'https://accounts.google.com' | 'iss':'https://securetoken.google.com/p'",
        "'iss':'https://accounts.google.com' | 'iss':'http://accounts.google.com'",
        "'iss':'https://accounts.google.com' | 'x':1",
        "'exp':1788267600 | 'exp':1788260000",
        "'exp':1788267600 | 'exp':'1788267600'",
        "'exp':1788267600 | 'exp':1788267600.5",
        "'exp':1788267600 | 'exp':1E99",
        "'exp':1788267600 | 'exp':178826760000",
        "'exp':1788267600 | 'x':1",
        "'iat':1788264000 | 'iat':1788264061",
        "'iat':1788264000 | 'iat':-1",
        "'iat':1788264000 | 'iat':null",
        "'iat':1788264000 | 'x':1"
    })
    // spotless:on
    void a_claim_that_is_not_ours_is_not_believed_although_google_signed_it(String right, String wrong) {
        var from = right.strip().replace('\'', '"');
        assertThat(CLAIMS).contains(from);
        var claims = CLAIMS.replace(from, wrong.strip().replace('\'', '"'));
        assertThat(judged(signed(HEADER, claims, TestGoogle.KEY))).isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
    }

    @Test
    void the_issuer_without_its_scheme_counts_too() {
        var claims = CLAIMS.replace("https://accounts.google.com", "accounts.google.com");
        assertThat(judged(signed(HEADER, claims, TestGoogle.KEY))).isInstanceOf(Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"x\"", "x"})
    void claims_that_are_none_are_not_believed(String claims) {
        assertThat(judged(signed(HEADER, claims, TestGoogle.KEY))).isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "HS256", "RS384", "RS512", "PS256", "ES256", "rs256", ""})
    void the_algorithm_is_ours_to_choose(String alg) {
        assertThat(judged(signed(HEADER.replace("RS256", alg), CLAIMS, TestGoogle.KEY)))
                .isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
    }

    @Test
    void other_algorithms_signatures_are_wrong_under_the_right_name() {
        assertThat(judged("Bearer " + TestGoogle.token(HEADER, CLAIMS, TestGoogle.KEY, "SHA384withRSA")))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judged("Bearer " + TestGoogle.token(HEADER, CLAIMS, TestGoogle.KEY, "SHA1withRSA")))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void an_unsigned_token_is_malformed() {
        var signed = TestGoogle.token(HEADER.replace("RS256", "none"), CLAIMS, TestGoogle.KEY, "SHA256withRSA");
        assertThat(judged("Bearer " + signed.substring(0, signed.lastIndexOf('.') + 1)))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void googles_public_key_is_no_shared_secret() {
        var header = HEADER.replace("RS256", "HS256");
        var signed = TestGoogle.base64Url(header.getBytes(StandardCharsets.UTF_8)) + "."
                + TestGoogle.base64Url(CLAIMS.getBytes(StandardCharsets.UTF_8));
        var jwks = TestFiles.bytes("keys/google-play/jwks.json").array();
        for (var name : List.of("HS256", "RS256")) {
            var renamed = signed.replace(
                    TestGoogle.base64Url(header.getBytes(StandardCharsets.UTF_8)),
                    TestGoogle.base64Url(HEADER.replace("RS256", name).getBytes(StandardCharsets.UTF_8)));
            var mac = Hmac.SHA256.over(jwks, List.of(Bytes.utf8(renamed)));
            assertThat(judged("Bearer " + renamed + "." + TestGoogle.base64Url(mac.array())))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void a_key_of_somebody_elses_is_wrong_under_googles_name() throws Exception {
        assertThat(judged(signed(HEADER, CLAIMS, another()))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        // and so is Google's other key
        assertThat(judged(signed(HEADER.replace("testkid2", "testkid1"), CLAIMS, TestGoogle.KEY)))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'alg':'RS256','kid':'unknown'}",
                "{'alg':'RS256'}",
                "{'alg':'RS256','kid':2}",
                "{'alg':'RS256','kid':['testkid2']}",
                "{'alg':'RS256','kid':''}",
                "{'alg':'RS256','kid':'../testkid2'}",
                "{'kid':'testkid2'}",
                "{'alg':['RS256'],'kid':'testkid2'}"
            })
    void a_key_that_is_not_named_as_google_names_it_is_not_trusted(String header) {
        assertThat(judged(signed(header.replace('\'', '"'), CLAIMS, TestGoogle.KEY)))
                .isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
    }

    @Test
    void a_key_brought_along_is_not_looked_at() {
        var header = HEADER.replace("\"typ\":\"JWT\"", "\"jku\":\"https://evil.example/\",\"jwk\":{\"kty\":\"RSA\"}");
        assertThat(judged(signed(header, CLAIMS, TestGoogle.KEY))).isInstanceOf(Genuine.class);
        assertThat(google.requests()).containsOnly(LocalGoogle.CERTS);
        var critical = HEADER.replace("\"typ\":\"JWT\"", "\"crit\":[\"exp\"]");
        assertThat(judged(signed(critical, CLAIMS, TestGoogle.KEY))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic eDp5",
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer a.b",
                "Bearer  a.b.c",
                "bearer a.b.c",
                "Bearer a.b.c, Bearer d"
            })
    void what_is_no_token_is_malformed(String authorization) {
        assertThat(judged(authorization)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(google.requests()).as("nobody is asked for it").isEmpty();
    }

    @Test
    void a_header_has_at_most_8192_characters() {
        var missing = (8_192 - padded(0, 0).length()) * 3 / 4;
        // three bytes of a part are four of its characters, so two parts make up any length
        var all = IntStream.range(0, 3)
                .boxed()
                .flatMap(i -> IntStream.range(missing - 5, missing + 5).mapToObj(j -> padded(i, j)))
                .collect(Collectors.toMap(String::length, each -> each, (one, other) -> one));
        assertThat(judged(all.get(8_192))).isInstanceOf(Genuine.class);
        assertThat(judged(all.get(8_193))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    private static String padded(int header, int claims) {
        return signed(
                HEADER.replace("JWT", "J".repeat(header)),
                CLAIMS.replaceFirst("\\{", "{\"x\":\"" + "y".repeat(claims) + "\","),
                TestGoogle.KEY);
    }

    @Test
    void no_header_a_blank_one_or_two_prove_nothing() {
        var right = "Bearer " + TestGoogle.token(SIGNED_AT);
        assertThat(judged(List.of())).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judged(List.of(" "))).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judged(List.of(right, right))).isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    private Verdict judged(List<String> authorizations) {
        var delivery = Tampering.header(TestGoogle.delivery(BODY, ""), PushTokens.HEADER, authorizations);
        return account.authenticate(delivery, SIGNED_AT).toCompletableFuture().join();
    }

    private static PrivateKey another() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    private static String signed(String header, String claims, PrivateKey key) {
        return "Bearer " + TestGoogle.token(header, claims, key, "SHA256withRSA");
    }

    private Verdict judged(String authorization) {
        return judged(authorization, SIGNED_AT);
    }

    private Verdict judged(String authorization, Instant now) {
        return account.authenticate(TestGoogle.delivery(BODY, authorization), now)
                .toCompletableFuture()
                .join();
    }
}
