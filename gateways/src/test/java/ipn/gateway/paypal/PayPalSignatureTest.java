package ipn.gateway.paypal;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.Tampering;
import ipn.conformance.TestFiles;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.SignatureInput.Present;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayPalSignatureTest {
    private static final CertificateHost HOST = new CertificateHost();
    private static final Bytes BODY = Bytes.utf8("{\"id\":\"WH-1\",\"event_type\":\"X\"}");

    private final GatewayAccount account = PayPalUnderTest.fetching(HOST.via(), TestSigner.WEBHOOK_ID, "");

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    void what_is_signed_is_what_the_vector_says() {
        var vector = TestFiles.vectors("paypal").get(0);
        var delivery = new Delivery(
                TestFiles.headers(vector.path("headers")),
                Bytes.utf8(vector.path("body").asText()),
                SIGNED_AT);
        var claim = (Present) Transmission.signatureInput(delivery);

        assertThat(claim.parts().get(0).utf8()
                        + TestSigner.WEBHOOK_ID
                        + claim.parts().get(1).utf8())
                .isEqualTo(vector.path("signed_string").asText());
        assertThat(judge(delivery)).isEqualTo(new Genuine("rsa-sha256", "webhook " + TestSigner.WEBHOOK_ID));
    }

    @Test
    void a_checksum_above_two_to_the_31_is_signed_without_a_minus() {
        var body = Bytes.utf8("b");
        var high = Bytes.utf8("a");

        assertThat(checksum(body)).isEqualTo("|1908338681");
        assertThat(checksum(high)).isEqualTo("|3904355907");
        assertThat(judge(TestSigner.USUAL.sign(high, SIGNED_AT))).isInstanceOf(Genuine.class);
    }

    private static String checksum(Bytes body) {
        return ((Present) Transmission.signatureInput(TestSigner.USUAL.sign(body, SIGNED_AT)))
                .parts()
                .get(1)
                .utf8();
    }

    @Test
    void one_of_several_webhooks_is_enough() {
        var two = PayPalUnderTest.fetching(HOST.via(), "[0FV983392A0531201, 8TE57W3BHOOK00001]", "");

        assertThat(judge(two, TestSigner.USUAL.sign(BODY, SIGNED_AT)))
                .isEqualTo(new Genuine("rsa-sha256", "webhook 8TE57W3BHOOK00001"));
    }

    @Test
    void what_is_signed_for_another_webhook_is_not_ours() {
        var delivery = TestSigner.USUAL.sign("t-1", SIGNED_AT.toString(), "WEBHOOK_ID", BODY);

        assertThat(judge(delivery)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA1withRSA",
                "SHA512withRSA",
                "NONEwithRSA",
                "sha256withrsa",
                "SHA256withECDSA",
                "none",
                "HS256"
            })
    void another_algorithm_is_not_believed_and_nobody_is_asked(String algorithm) {
        var asked = HOST.requests().size();
        var delivery =
                Tampering.header(TestSigner.USUAL.sign(BODY, SIGNED_AT), Transmission.ALGORITHM, List.of(algorithm));

        assertThat(judge(delivery)).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        assertThat(HOST.requests()).hasSize(asked);
    }

    @Test
    void another_hash_under_the_right_name_is_not_believed() {
        var sha1 = new TestSigner("test-leaf", TestSigner.key("TEST-ONLY-leaf"), "SHA1withRSA");

        assertThat(judge(sha1.sign(BODY, SIGNED_AT))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @CsvSource({
        "paypal-transmission-id, other",
        "paypal-transmission-time, 2026-09-01T12:00:01Z",
        "paypal-transmission-time, 2026-09-01T12:00:00.000Z"
    })
    void a_signed_header_that_was_changed_is_not_believed(String header, String value) {
        var delivery = Tampering.header(TestSigner.USUAL.sign(BODY, SIGNED_AT), header, List.of(value));

        assertThat(judge(delivery)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @CsvSource({
        "paypal-transmission-id, a|b",
        "paypal-transmission-id, a b",
        "paypal-transmission-time, 1788264000",
        "paypal-transmission-time, yesterday",
        "paypal-transmission-time, 2026-13-01T12:00:00Z",
        "paypal-transmission-sig, not base64",
        "paypal-transmission-sig, AAAA="
    })
    void a_header_that_cannot_be_is_not_believed_and_nobody_is_asked(String header, String value) {
        var fresh = PayPalUnderTest.fetching(HOST.via(), TestSigner.WEBHOOK_ID, "");
        var asked = HOST.requests().size();
        var delivery = Tampering.header(TestSigner.USUAL.sign(BODY, SIGNED_AT), header, List.of(value));

        assertThat(judge(fresh, delivery)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(HOST.requests()).hasSize(asked);
    }

    @Test
    @Proves(Proof.SKEW)
    void a_retry_and_a_resending_count_for_a_month() {
        var delivery = TestSigner.USUAL.sign(BODY, SIGNED_AT);
        var last = SIGNED_AT.plus(PayPalSignature.TOLERANCE);

        assertThat(account.authenticate(delivery, last).toCompletableFuture().join())
                .isInstanceOf(Genuine.class);
        assertThat(account.authenticate(delivery, last.plusMillis(1))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
    }

    /** The two words have one checksum, 1306201125: the signature of one is that of the other. */
    @Test
    void a_body_made_up_for_a_signature_that_was_seen_is_not_believed() {
        var one = TestSigner.USUAL.sign("t-7", Bytes.utf8("plumless"), SIGNED_AT);
        var made = new Delivery(one.headers(), Bytes.utf8("buckeroo"), one.receivedAt());

        assertThat(judge(one)).isInstanceOf(Genuine.class);
        assertThat(judge(made)).isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
        assertThat(judge(one)).isInstanceOf(Genuine.class);
    }

    @Test
    void only_so_many_transmissions_are_remembered() {
        var seen = new SeenTransmissions();
        for (var i = 0; i < 3 * SeenTransmissions.REMEMBERED_MAX; i++) {
            assertThat(seen.isSame("t-" + i, BODY)).isTrue();
        }
        assertThat(seen.size()).isEqualTo(SeenTransmissions.REMEMBERED_MAX);
    }

    @Test
    void two_values_where_one_is_signed_are_not_judged() {
        var delivery = TestSigner.USUAL.sign(BODY, SIGNED_AT);
        var id = delivery.header(Transmission.ID).orElseThrow();

        assertThat(judge(Tampering.header(delivery, Transmission.ID, List.of(id, id))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    @Test
    void no_headers_no_belief() {
        assertThat(judge(new Delivery(Map.of(), BODY, SIGNED_AT))).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
    }

    private Verdict judge(Delivery delivery) {
        return judge(account, delivery);
    }

    private static Verdict judge(GatewayAccount account, Delivery delivery) {
        return account.authenticate(delivery, SIGNED_AT).toCompletableFuture().join();
    }
}
