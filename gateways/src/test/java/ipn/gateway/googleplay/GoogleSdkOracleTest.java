package ipn.gateway.googleplay;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.TokenVerifier;
import ipn.conformance.TestFiles;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictJson;
import ipn.gateway.signature.CompactJws;
import ipn.settings.Secret;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Google's own library believes what these tests sign, and we believe what it signs. */
@Tag("sdk")
@Proves(Proof.SDK)
@Oracle("com.google.auth:google-auth-library-oauth2-http")
class GoogleSdkOracleTest {
    private static final Bytes BODY = TestGoogle.envelope(TestGoogle.says("'testNotification': {'version': '1.0'}"));
    private static final PublicKey PUBLIC =
            Jwks.rsaKeys(TestFiles.bytes("keys/google-play/jwks.json")).get(TestGoogle.KID);

    private final LocalGoogle google = new LocalGoogle();

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void googles_library_believes_what_these_tests_sign() {
        var token = TestGoogle.token(SIGNED_AT);
        assertThat(believes(token)).isTrue();
        assertThat(judged(token)).isInstanceOf(Genuine.class);
    }

    @Test
    void we_believe_what_googles_library_signs() throws Exception {
        var header = new JsonWebSignature.Header()
                .setAlgorithm("RS256")
                .setType("JWT")
                .setKeyId(TestGoogle.KID);
        var payload = new JsonWebToken.Payload()
                .setIssuer("https://accounts.google.com")
                .setAudience(TestGoogle.AUDIENCE)
                .setIssuedAtTimeSeconds(SIGNED_AT.getEpochSecond())
                .setExpirationTimeSeconds(SIGNED_AT.getEpochSecond() + 3600)
                .set("email", TestGoogle.EMAIL)
                .set("email_verified", true);
        var token =
                JsonWebSignature.signUsingRsaSha256(TestGoogle.KEY, GsonFactory.getDefaultInstance(), header, payload);
        assertThat(believes(token)).isTrue();
        assertThat(judged(token)).isInstanceOf(Genuine.class);
    }

    @Test
    void neither_believes_a_token_that_was_changed() {
        var token = TestGoogle.token(SIGNED_AT);
        var other = TestGoogle.token(SIGNED_AT.plusSeconds(1));
        var parts = List.of(token.split("\\.", -1));
        var others = List.of(other.split("\\.", -1));
        for (var changed : List.of(
                String.join(".", parts.get(0), others.get(1), parts.get(2)),
                String.join(".", parts.get(0), parts.get(1), others.get(2)),
                String.join(".", others.get(0).substring(1), parts.get(1), parts.get(2)))) {
            assertThat(believes(changed)).isFalse();
            assertThat(judged(changed)).isInstanceOf(Rejected.class);
        }
    }

    /** The check Google's library leaves to its users: somebody else's service account, for our audience. */
    @Test
    void we_ask_for_the_sender_as_well() {
        var claims = TestGoogle.claims(SIGNED_AT).replace(TestGoogle.EMAIL, "anybody@evil.iam.gserviceaccount.com");
        var token =
                TestGoogle.token("{\"alg\":\"RS256\",\"kid\":\"testkid2\"}", claims, TestGoogle.KEY, "SHA256withRSA");
        assertThat(believes(token)).isTrue();
        assertThat(judged(token)).isInstanceOf(Rejected.class);
    }

    @Test
    void googles_library_reads_the_same_service_account_and_asks_the_same_place() throws Exception {
        var file = TestFiles.bytes("keys/google-play/TEST-ONLY-service-account.json");
        var theirs = ServiceAccountCredentials.fromStream(new ByteArrayInputStream(file.array()));
        var ours = ServiceAccount.read(new Secret("test", new Secret.Value(file.utf8()), Optional.empty()))
                .orElseThrow();
        var claims = StrictJson.read(
                CompactJws.parse(ours.assertion(SIGNED_AT)).orElseThrow().payload());
        assertThat(claims.at("iss").glance()).contains(theirs.getClientEmail());
        assertThat(claims.at("aud").glance())
                .contains(theirs.getTokenServerUri().toString());
        var parsed = JsonWebSignature.parse(GsonFactory.getDefaultInstance(), ours.assertion(SIGNED_AT));
        assertThat(parsed.getHeader().getKeyId()).isEqualTo(theirs.getPrivateKeyId());
    }

    private static boolean believes(String token) {
        try {
            TokenVerifier.newBuilder()
                    .setPublicKey(PUBLIC)
                    .setAudience(TestGoogle.AUDIENCE)
                    .setIssuer("https://accounts.google.com")
                    .setClock(SIGNED_AT::toEpochMilli)
                    .build()
                    .verify(token);
            return true;
        } catch (TokenVerifier.VerificationException e) {
            return false;
        }
    }

    private Verdict judged(String token) {
        Instant now = SIGNED_AT;
        return google.listening()
                .authenticate(TestGoogle.delivery(BODY, "Bearer " + token), now)
                .toCompletableFuture()
                .join();
    }
}
