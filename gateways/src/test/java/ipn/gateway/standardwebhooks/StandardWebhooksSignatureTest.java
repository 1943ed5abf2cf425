package ipn.gateway.standardwebhooks;

import static ipn.gateway.standardwebhooks.StandardWebhooksUnderTest.SECRET;
import static ipn.gateway.standardwebhooks.StandardWebhooksUnderTest.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Tampering;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.settings.SettingsException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers, with the reference libraries as witnesses. */
class StandardWebhooksSignatureTest {
    private static final Instant NOW = GatewayUnderTest.SIGNED_AT;
    private static final String ID = "msg_1";
    private static final Bytes BODY = Bytes.utf8("{\"note\":\"Zo\u00eb \u2603 \ud83d\ude00\"}");
    private static final String WHPK = "whpk_5/FioQvsVZr+oZXk3OhLaVaNXSywlj60RsBoXisX8vA=";
    private static final String WHSK = "whsk_ISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A=";
    private static final Delivery GOOD = signed(ID, BODY, NOW, SECRET, "webhook-");

    static List<JsonNode> vectors() {
        return TestFiles.vectors("standard-webhooks");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @Proves(Proof.VECTORS)
    void a_published_vector_is_genuine(JsonNode vector) {
        var secret = vector.path("secret").isTextual()
                ? vector.path("secret").asText()
                : vector.path("secret").path("whpk").asText();
        var headers = TestFiles.headers(vector.path("headers"));
        var delivery = new Delivery(headers, Bytes.utf8(vector.path("body").asText()), NOW);
        var at = Instant.ofEpochSecond(
                Long.parseLong(delivery.header("webhook-timestamp").orElseThrow()));
        assertThat(judge(account(secret), delivery, at)).isInstanceOf(Genuine.class);
    }

    @Test
    @Proves(Proof.SDK)
    @Oracle("com.standardwebhooks:standardwebhooks")
    void we_accept_what_the_reference_library_signs() throws Exception {
        var witness = new com.standardwebhooks.Webhook(SECRET);
        assertThat(judge(with(witness.sign(ID, NOW.getEpochSecond(), BODY.utf8()))))
                .isInstanceOf(Genuine.class);
    }

    @Test
    @Proves(Proof.SDK)
    @Oracle("com.svix:svix")
    void we_accept_what_svix_signs_under_its_own_names() throws Exception {
        var signature = new com.svix.Webhook(SECRET).sign(ID, NOW.getEpochSecond(), BODY.utf8());
        var delivery = new Delivery(
                Map.of(
                        "svix-id", List.of(ID),
                        "svix-timestamp", List.of(Long.toString(NOW.getEpochSecond())),
                        "svix-signature", List.of(signature)),
                BODY,
                NOW);
        assertThat(judge(account(SECRET), delivery, NOW)).isInstanceOf(Genuine.class);
    }

    @Test
    @Proves(Proof.SDK)
    @Oracle({"com.standardwebhooks:standardwebhooks", "com.svix:svix"})
    void the_libraries_sign_as_we_do() throws Exception {
        var ours = GOOD.header("webhook-signature").orElseThrow();
        assertThat(new com.standardwebhooks.Webhook(SECRET).sign(ID, NOW.getEpochSecond(), BODY.utf8()))
                .isEqualTo(ours);
        assertThat(new com.svix.Webhook(SECRET).sign(ID, NOW.getEpochSecond(), BODY.utf8()))
                .isEqualTo(ours);
    }

    @Test
    void an_ed25519_signature_is_checked_with_the_public_key_off_the_event_loop() {
        var account = account(WHPK);
        assertThat(account.verifiesOffEventLoop()).isTrue();
        assertThat(account(SECRET).verifiesOffEventLoop()).isFalse();
        var delivery = signed(ID, BODY, NOW, WHSK, "webhook-");
        assertThat(judge(account, delivery, NOW)).isEqualTo(new Genuine("ed25519", "env:SENDER_KEY"));
        for (var i = 0; i < BODY.size(); i++) {
            var at = i;
            var flipped = Tampering.body(delivery, body -> {
                body[at] ^= 1;
                return body;
            });
            assertThat(judge(account, flipped, NOW)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        }
    }

    @Test
    void zeros_and_half_signatures_are_no_ed25519_signatures() {
        for (var bytes : List.of(new byte[64], new byte[63], new byte[65], new byte[1], new byte[128])) {
            var signature = "v1a," + Base64.getEncoder().encodeToString(bytes);
            assertThat(judge(account(WHPK), with(signature), NOW)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        }
        var genuine = signed(ID, BODY, NOW, WHSK, "webhook-")
                .header("webhook-signature")
                .orElseThrow();
        for (var length = 0; length < genuine.length(); length++) {
            assertThat(judge(account(WHPK), with(genuine.substring(0, length)), NOW))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void the_settings_choose_the_algorithm_and_never_the_delivery() {
        // the public key is no secret: signing with it as if it were one must prove nothing
        var publicKeyAsSecret = signed(ID, BODY, NOW, WHPK.replace("whpk_", "whsec_"), "webhook-");
        var signature = publicKeyAsSecret.header("webhook-signature").orElseThrow();
        assertThat(judge(account(WHPK), publicKeyAsSecret, NOW)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(account(WHPK), with(signature.replace("v1,", "v1a,")), NOW))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(
                        account(SECRET),
                        with(GOOD.header("webhook-signature").orElseThrow().replace("v1,", "v1a,")),
                        NOW))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void any_entry_may_be_the_right_one() {
        var right = GOOD.header("webhook-signature").orElseThrow();
        var wrong = "v1," + Base64.getEncoder().encodeToString(new byte[32]);
        for (var header : List.of(
                wrong + " " + right,
                right + " " + wrong,
                "v2,x " + right,
                "nocomma " + right,
                right + " v1,@@",
                " " + right + " ")) {
            assertThat(judge(with(header))).as(header).isInstanceOf(Genuine.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1,",
                "v1",
                ",",
                "v1,@@",
                "v1,AAA",
                "v1,AAAA=",
                "v1,AA_A",
                "none,AAAA",
                "v0,AAAA",
                "v1a",
                "\u0000"
            })
    void a_header_without_a_signature_is_malformed(String header) {
        assertThat(judge(with(header))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1788264000",
                "01788264000",
                " 1788264000",
                "1788264000 ",
                "1788264000.0",
                "9223372036854775808",
                "x"
            })
    void a_timestamp_that_is_not_plainly_a_number_is_malformed(String timestamp) {
        assertThat(judge(Tampering.header(GOOD, "webhook-timestamp", List.of(timestamp))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg.1", ".", "msg 1", "msg\u00e9", "msg\n1", "msg\u007f"})
    void an_id_that_could_be_read_two_ways_is_malformed(String id) {
        assertThat(judge(signedAs(id))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void moving_the_border_between_id_and_timestamp_proves_nothing() {
        assertThat(judge(Tampering.header(GOOD, "webhook-id", List.of("msg_2"))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(Tampering.header(GOOD, "webhook-timestamp", List.of("1788264001"))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void both_families_of_headers_are_one_too_many() {
        var both = new HashMap<>(GOOD.headers());
        GOOD.headers().forEach((name, values) -> both.put(name.replace("webhook-", "svix-"), values));
        assertThat(judge(new Delivery(both, BODY, NOW))).isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
        assertThat(judge(Tampering.header(GOOD, "svix-id", List.of(ID))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    @ParameterizedTest
    @CsvSource({"23, false", "24, true", "64, true", "65, false"})
    void a_secret_has_24_to_64_bytes(int bytes, boolean fits) {
        var secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
        if (fits) {
            assertThat(account(secret)).isNotNull();
        } else {
            assertThatThrownBy(() -> account(secret))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageNotContaining(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whsec_@@@@@@@@@@@@@@@@@@@@@@@@",
                "whpk_AAAAAAAAAAAAAAAAAAAAAA==",
                "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
                WHSK
            })
    void what_is_no_key_does_not_start(String secret) {
        assertThatThrownBy(() -> account(secret))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining(secret);
    }

    @Test
    void a_sender_needs_a_signing_secret() {
        assertThatThrownBy(() -> StandardWebhooksSignature.sign(ID, NOW, BODY.array(), "AQIDBAUG"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AQIDBAUG");
    }

    private static Delivery signedAs(String id) {
        return Tampering.header(signed(id, BODY, NOW, SECRET, "webhook-"), "webhook-id", List.of(id));
    }

    private static Delivery with(String signature) {
        return Tampering.header(GOOD, "webhook-signature", List.of(signature));
    }

    private static Verdict judge(Delivery delivery) {
        return judge(account(SECRET), delivery, NOW);
    }

    private static Verdict judge(GatewayAccount account, Delivery delivery, Instant now) {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }

    private static GatewayAccount account(String secret) {
        assertThat(secret.getBytes(UTF_8)).isNotEmpty();
        return TestAccounts.open(
                StandardWebhooksGateway.NAME, "{mode: test, secrets: 'env:SENDER_KEY'}", Map.of("SENDER_KEY", secret));
    }
}
