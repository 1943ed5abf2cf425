package ipn.gateway.apple;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.itunes.storekit.model.Environment;
import com.apple.itunes.storekit.verification.SignedDataVerifier;
import com.apple.itunes.storekit.verification.VerificationException;
import ipn.conformance.Sample;
import ipn.conformance.TestFiles;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.content.Bytes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apple's own library and we agree on what is genuine. */
@Tag("sdk")
@Proves(Proof.SDK)
@Oracle("com.apple.itunes.storekit:app-store-server-library")
class AppleSdkOracleTest {
    private static final GatewayAccount ACCOUNT = new AppleUnderTest().account();

    static Stream<Sample> samples() {
        return new AppleUnderTest().samples().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void both_believe_a_sample_and_read_the_same_of_it(Sample sample) throws VerificationException {
        var token = token(sample.delivery().body());
        var theirs = theirs().verifyAndDecodeNotification(token);

        assertThat(ours(sample)).isTrue();
        var expected = sample.expected().get(0);
        assertThat(theirs.getNotificationUUID()).isEqualTo(expected.eventId());
        assertThat(theirs.getSignedDate()).isEqualTo(expected.occurredAt().toEpochMilli());
        assertThat(theirs().verifyAndDecodeTransaction(theirs.getData().getSignedTransactionInfo())
                        .getOriginalTransactionId())
                .isEqualTo(expected.paymentId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DID_RENEW", "REFUND", "EXPIRED.VOLUNTARY", "ONE_TIME_CHARGE", "CONSUMPTION_REQUEST"})
    void both_believe_what_our_signer_signs(String type) throws VerificationException {
        var said = AppleSays.says(type);
        var sample = new Sample(type, said.at(AppleSays.AT).delivery(), List.of());

        assertThat(ours(sample.delivery(), AppleSays.AT.plus(Duration.ofSeconds(1))))
                .isTrue();
        assertThat(theirs().verifyAndDecodeNotification(token(sample.delivery().body()))
                        .getNotificationUUID())
                .isEqualTo("uuid-1");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neither_believes_a_changed_token(Sample sample) {
        var token = token(sample.delivery().body());
        for (var at : new int[] {100, token.length() / 2, token.length() - 40}) {
            var other = token.charAt(at) == 'A' ? 'B' : 'A';
            var changed = token.substring(0, at) + other + token.substring(at + 1);

            assertThat(ours(delivery(changed), sample.delivery().receivedAt())).isFalse();
            assertThat(theyBelieve(changed)).isFalse();
        }
    }

    @Test
    void neither_believes_a_chain_without_apples_marks_or_of_two() {
        var chains = Stream.of(
                new TestChain("test-leaf-unmarked", "test-intermediate", "test-root"),
                new TestChain("test-leaf-of-unmarked", "test-intermediate-unmarked", "test-root"),
                new TestChain("test-other-leaf", "test-other-intermediate", "test-other-root"),
                new TestChain("test-leaf", "test-intermediate"));

        assertThat(chains).allSatisfy(chain -> {
            var token = chain.token(AppleSays.says("DID_RENEW").payload());
            assertThat(ours(delivery(token), AppleSays.AT)).isFalse();
            assertThat(theyBelieve(token)).isFalse();
        });
    }

    private static boolean ours(Sample sample) {
        return ours(sample.delivery(), sample.delivery().receivedAt());
    }

    private static boolean ours(Delivery delivery, Instant now) {
        return ACCOUNT.authenticate(delivery, now).toCompletableFuture().join() instanceof Genuine;
    }

    private static boolean theyBelieve(String token) {
        try {
            return theirs().verifyAndDecodeNotification(token) != null;
        } catch (VerificationException e) {
            return false;
        }
    }

    private static SignedDataVerifier theirs() {
        Set<InputStream> roots = Set.of(root("samples-root"), root("test-root"));
        return new SignedDataVerifier(roots, "com.example.social", 1_234_567_890L, Environment.SANDBOX, false);
    }

    private static InputStream root(String file) {
        return new ByteArrayInputStream(
                TestFiles.bytes("keys/apple/" + file + ".pem").array());
    }

    private static String token(Bytes body) {
        return SignedJson.in(body).node().textValue();
    }

    private static Delivery delivery(String token) {
        return new Delivery(Map.of(), Bytes.utf8("{\"signedPayload\":\"" + token + "\"}"), AppleSays.AT);
    }
}
