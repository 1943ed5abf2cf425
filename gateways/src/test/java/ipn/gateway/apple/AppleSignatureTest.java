package ipn.gateway.apple;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static ipn.gateway.apple.AppleSays.says;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.GatewayUnderTest.SenselessBody;
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
import ipn.gateway.content.StrictJson;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppleSignatureTest {
    private static final String LEAF = "test-leaf";
    private static final String INTERMEDIATE = "test-intermediate";
    private static final String ROOT = "test-root";
    private static final String PAYLOAD = says("DID_RENEW").payload();

    private final GatewayAccount account = new AppleUnderTest().account();

    @Test
    void the_root_believed_is_apples() throws GeneralSecurityException {
        assertThat(Bytes.wrap(AppleGateway.root().getEncoded()).sha256())
                .isEqualTo("63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179");
    }

    @Test
    void without_roots_of_its_own_an_account_believes_apple_alone() {
        var sandbox = AppleUnderTest.open("{mode: test, bundle-id: com.example.social}");
        var live = AppleUnderTest.open("{mode: live, bundle-id: com.example.social, app-apple-id: 1234567890}");

        assertThat(judge(sandbox, TestChain.USUAL.body(PAYLOAD), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        assertThat(judge(live, TestFiles.bytes("samples/apple/ONE_TIME_CHARGE.json"), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
    }

    @ParameterizedTest
    @MethodSource("chains")
    void a_chain_that_is_not_apples_is_not_believed(TestChain chain) {
        assertThat(judge(chain.body(PAYLOAD), SIGNED_AT)).isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
    }

    static Stream<Named<TestChain>> chains() {
        return Stream.of(
                chain("one certificate", LEAF),
                chain("two certificates", LEAF, INTERMEDIATE),
                chain("four certificates", LEAF, INTERMEDIATE, ROOT, ROOT),
                chain("the wrong order", INTERMEDIATE, LEAF, ROOT),
                chain("no mark on the signer", "test-leaf-unmarked", INTERMEDIATE, ROOT),
                chain("no mark on the intermediate", "test-leaf-of-unmarked", "test-intermediate-unmarked", ROOT),
                chain("the intermediate in the signer's place", INTERMEDIATE, INTERMEDIATE, ROOT),
                chain("a root of the same name", "test-other-leaf", "test-other-intermediate", "test-other-root"),
                chain("a signer that has expired", "test-leaf-expired", INTERMEDIATE, ROOT),
                chain("only roots", ROOT, ROOT, ROOT));
    }

    private static Named<TestChain> chain(String name, String... files) {
        return Named.of(name, new TestChain(files));
    }

    @Test
    void what_stands_third_is_not_believed_and_not_needed() {
        var chain = new TestChain(LEAF, INTERMEDIATE, "test-other-root");

        assertThat(judge(chain.body(PAYLOAD), SIGNED_AT)).isInstanceOf(Genuine.class);
    }

    @Test
    void a_signer_counts_as_of_when_it_signed() {
        var chain = new TestChain("test-leaf-expired", INTERMEDIATE, ROOT);
        var lastDay = Instant.parse("2025-12-31T00:00:00Z");
        var body = chain.body(says("DID_RENEW").at(lastDay).payload().replace(TestChain.USUAL.x5c(), chain.x5c()));

        assertThat(judge(body, lastDay.plus(Duration.ofDays(2)))).isInstanceOf(Genuine.class);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void a_header_that_asks_for_anything_else_is_not_believed(String header, Reason reason) {
        var token = TestChain.token(header, Bytes.utf8(PAYLOAD));

        assertThat(judge(body(token), SIGNED_AT)).isEqualTo(new Rejected(reason));
    }

    static Stream<Arguments> headers() {
        var x5c = "\"x5c\":[" + TestChain.USUAL.x5c() + "]";
        return Stream.of(
                Arguments.of("{\"alg\":\"HS256\"," + x5c + "}", Reason.SIGNATURE_WRONG),
                Arguments.of("{\"alg\":\"none\"," + x5c + "}", Reason.SIGNATURE_WRONG),
                Arguments.of("{\"alg\":\"ES384\"," + x5c + "}", Reason.SIGNATURE_WRONG),
                Arguments.of("{" + x5c + "}", Reason.SIGNATURE_WRONG),
                Arguments.of(
                        "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false," + x5c + "}", Reason.SIGNATURE_WRONG),
                Arguments.of("{\"alg\":\"ES256\"}", Reason.KEY_UNTRUSTED),
                Arguments.of("{\"alg\":\"ES256\",\"x5c\":\"text\"}", Reason.KEY_UNTRUSTED),
                Arguments.of("{\"alg\":\"ES256\",\"x5c\":[1,2,3]}", Reason.KEY_UNTRUSTED),
                Arguments.of("{\"alg\":\"ES256\",\"x5c\":[\"\",\"\",\"\"]}", Reason.KEY_UNTRUSTED),
                Arguments.of("{\"alg\":\"ES256\",\"x5c\":[\"AAAA\",\"AAAA\",\"AAAA\"]}", Reason.KEY_UNTRUSTED),
                Arguments.of("{\"alg\":\"ES256\",\"jwk\":{},\"jku\":\"https://evil.example/\"}", Reason.KEY_UNTRUSTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"signedPayload\":null}",
                "{\"other\":\"a.b.c\"}",
                "{\"signedPayload\":\"a\"",
                "x"
            })
    void a_body_without_a_token_is_not_believed(String body) {
        assertThat(judge(Bytes.utf8(body), SIGNED_AT)).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
    }

    @Test
    void two_tokens_are_not_believed() {
        var token = TestChain.USUAL.token(PAYLOAD);
        var body = "{\"signedPayload\":\"%s\",\"signedPayload\":\"%s\"}".formatted(token, token);

        assertThat(judge(Bytes.utf8(body), SIGNED_AT)).isInstanceOf(Rejected.class);
    }

    @Test
    void another_signature_under_the_right_chain_is_not_believed() {
        var one = TestChain.USUAL.token(PAYLOAD);
        var other = TestChain.USUAL.token(says("REFUND").payload());
        var mixed = one.substring(0, one.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        assertThat(judge(body(mixed), SIGNED_AT)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    @Proves(Proof.SKEW)
    void a_notification_counts_as_long_as_apple_tries_again() {
        var body = TestChain.USUAL.body(PAYLOAD);

        assertThat(judge(body, SIGNED_AT.plus(Duration.ofHours(157)))).isInstanceOf(Genuine.class);
        assertThat(judge(body, SIGNED_AT.plus(AppleSignature.AGE_MAX))).isInstanceOf(Genuine.class);
        assertThat(judge(body, SIGNED_AT.minus(AppleSignature.AHEAD_MAX))).isInstanceOf(Genuine.class);
        assertThat(judge(body, SIGNED_AT.plus(AppleSignature.AGE_MAX).plusMillis(1)))
                .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
        assertThat(judge(body, SIGNED_AT.minus(AppleSignature.AHEAD_MAX).minusMillis(1)))
                .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
    }

    @Test
    void tokens_inside_are_verified_too() {
        var stranger = new TestChain("test-other-leaf", "test-other-intermediate", "test-other-root");
        var inside = stranger.token("{\"transactionId\":\"1\"}");

        assertThat(judge(TestChain.USUAL.body(withInside(inside)), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.KEY_UNTRUSTED));
        assertThat(judge(TestChain.USUAL.body(withInside("a.b.c")), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    private static String withInside(String token) {
        return "{\"notificationType\":\"TEST\",\"notificationUUID\":\"uuid-1\",\"signedDate\":1788264000000,\"data\":{\"signedRenewalInfo\":\""
                + token + "\"}}";
    }

    /** A user's own transaction, which the App Store hands to the app, is as much Apple's word. */
    @Test
    void what_apple_signed_and_is_no_notification_is_not_believed() {
        var token = StrictJson.read(Bytes.utf8(PAYLOAD))
                .at("data")
                .at("signedTransactionInfo")
                .glance()
                .orElseThrow();

        assertThat(judge(body(token), SIGNED_AT)).isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"notificationType\":\"DID_RENEW\",', ''",
        "'\"notificationType\":\"DID_RENEW\"', '\"notificationType\":7'",
        "'\"notificationType\":\"DID_RENEW\"', '\"notificationType\":null'",
        "'\"notificationUUID\":\"uuid-1\",', ''",
        "'\"notificationUUID\":\"uuid-1\"', '\"notificationUUID\":7'",
        "'\"notificationUUID\":\"uuid-1\"', '\"notificationUUID\":[\"uuid-1\"]'"
    })
    void a_token_without_a_type_and_an_id_of_a_notification_is_not_believed(String sound, String senseless) {
        assertThat(PAYLOAD).contains(sound);
        assertThat(judge(TestChain.USUAL.body(PAYLOAD.replace(sound, senseless)), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
    }

    @ParameterizedTest
    @MethodSource("ipn.gateway.apple.AppleUnderTest#senselessJson")
    void what_cannot_be_read_is_no_notification(SenselessBody senseless) {
        assertThat(judge(TestChain.USUAL.body(senseless.body()), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Xcode", "LocalTesting"})
    void what_a_developers_machine_signed_is_never_believed(String environment) {
        assertThat(judge(says("DID_RENEW").data("environment", "'" + environment + "'"), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
        assertThat(judge(says("DID_RENEW").transaction("environment", "'" + environment + "'"), SIGNED_AT))
                .isEqualTo(new Rejected(Reason.AUDIENCE_WRONG));
    }

    private Verdict judge(AppleSays said, Instant now) {
        return judge(said.delivery().body(), now);
    }

    private Verdict judge(Bytes body, Instant now) {
        return judge(account, body, now);
    }

    private static Bytes body(String token) {
        return Bytes.utf8("{\"signedPayload\":\"" + token + "\"}");
    }

    private static Verdict judge(GatewayAccount account, Bytes body, Instant now) {
        var delivery = new Delivery(Map.of(), body, GatewayUnderTest.RECEIVED_AT);
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }
}
