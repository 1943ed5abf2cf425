package ipn.access;

import static ipn.access.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import ipn.client.SignedAnswers;
import ipn.client.testkit.FakeAccess;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SignatureException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerSignerTest {
    /** The key of RFC 8037, appendix A. */
    private static final String PEM = pem(
            HexFormat.of()
                    .parseHex(
                            "302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

    private static final JsonObject ANSWER =
            new JsonObject().put("allowed", true).put("subject", "u_\u00fc");

    @Test
    void the_public_key_is_that_of_the_rfc() throws GeneralSecurityException {
        assertThat(AnswerSigner.of(PEM).publicKey().getMap())
                .containsEntry("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
                .containsEntry("kid", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
                .containsEntry("kty", "OKP");
        assertThat(AnswerSigner.of(PEM)).asString().doesNotContain("nWGx").contains("kPrK");
    }

    @Test
    void an_answer_is_verified_without_the_server() throws GeneralSecurityException {
        try (var served = Served.with(
                ", signing-key: \"env:KEY\"", Map.of("KEY", PEM), new FakeAccess().grant("u_1", "premium"))) {
            var answers =
                    SignedAnswers.of(served.get("/.well-known/ipn-access-keys").body());
            var response = served.get("/v1/access/u_1/premium?signed=true");

            assertThat(response.headers().firstValue("content-type")).contains("application/jose");
            assertThat(new JsonObject(answers.verify(response.body())).getMap())
                    .containsEntry("allowed", true)
                    .containsEntry("subject", "u_1");
            assertThat(json(served.get("/v1/access/u_1/premium?signed=false")).getBoolean("allowed"))
                    .isTrue();
        }
    }

    @Test
    void what_was_changed_is_not_verified() throws GeneralSecurityException {
        var signer = AnswerSigner.of(PEM);
        var answers = SignedAnswers.of(new JsonObject()
                .put("keys", new JsonArray().add(signer.publicKey()))
                .encode());
        var jws = signer.sign(ANSWER);
        var parts = jws.split("\\.");
        var other = part("{\"allowed\":true,\"subject\":\"u_2\"}");
        var none = part("{\"alg\":\"none\",\"kid\":\"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k\"}");
        assertThat(new JsonObject(answers.verify(jws))).isEqualTo(ANSWER);

        for (var forged : new String[] {
            parts[0] + "." + other + "." + parts[2],
            none + "." + parts[1] + "." + parts[2],
            none + "." + parts[1] + ".",
            part("{\"alg\":\"EdDSA\",\"kid\":\"other\"}") + "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1],
            "",
            "..",
            "!.!.!"
        }) {
            assertThatThrownBy(() -> answers.verify(forged)).as(forged).isInstanceOf(SignatureException.class);
        }
        var stranger = AnswerSigner.of(pem(KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded()));
        assertThatThrownBy(() -> answers.verify(stranger.sign(ANSWER))).isInstanceOf(SignatureException.class);
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
