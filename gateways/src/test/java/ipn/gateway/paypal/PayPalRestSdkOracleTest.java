package ipn.gateway.paypal;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import com.paypal.api.payments.Event;
import com.paypal.base.rest.APIContext;
import ipn.conformance.Sample;
import ipn.conformance.Tampering;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict.Genuine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PayPal's own (archived) SDK and we agree on what is genuine. It does not look at where a certificate stands, so it can be sent
 * to this machine; in that we must not follow it.
 */
@Tag("sdk")
@Proves(Proof.SDK)
@Oracle("com.paypal.sdk:rest-api-sdk")
class PayPalRestSdkOracleTest {
    private static final CertificateHost HOST = new CertificateHost();
    private static final GatewayAccount ACCOUNT = PayPalUnderTest.fetching(HOST.via(), TestSigner.WEBHOOK_ID, "");

    @AfterAll
    static void close() {
        HOST.close();
    }

    static Stream<Sample> samples() {
        return new PayPalUnderTest().samples().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void both_believe_a_sample(Sample sample) throws Exception {
        assertThat(ours(sample.delivery())).isTrue();
        assertThat(theirs(sample.delivery(), "samples-ca")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void both_believe_what_our_signer_signs(Sample sample) throws Exception {
        var signed = TestSigner.USUAL.sign(sample.delivery().body(), SIGNED_AT);

        assertThat(ours(signed)).isTrue();
        assertThat(theirs(signed, "test-ca")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neither_believes_a_changed_body_or_header(Sample sample) throws Exception {
        var changes = Stream.of(
                Tampering.body(sample.delivery(), body -> {
                    body[body.length / 2] ^= 1;
                    return body;
                }),
                Tampering.header(sample.delivery(), Transmission.ID, List.of("another")),
                Tampering.header(sample.delivery(), Transmission.TIME, List.of("2026-09-01T12:00:01Z")));
        for (var changed : changes.toList()) {
            assertThat(ours(changed)).isFalse();
            assertThat(theirs(changed, "samples-ca")).isFalse();
        }
    }

    private static boolean ours(Delivery delivery) {
        return ACCOUNT.authenticate(delivery, SIGNED_AT).toCompletableFuture().join() instanceof Genuine;
    }

    private static boolean theirs(Delivery delivery, String authority) throws Exception {
        var headers = new HashMap<String, String>();
        delivery.headers().forEach((name, values) -> headers.put(name.toUpperCase(Locale.ROOT), values.get(0)));
        var certificate = Transmission.value(delivery, Transmission.CERTIFICATE);
        headers.put("PAYPAL-CERT-URL", HOST.via() + certificate.substring("https://api.sandbox.paypal.com".length()));
        var context = new APIContext("id", "secret", "sandbox");
        context.setConfigurationMap(new HashMap<>());
        context.addConfigurations(
                Map.of("webhook.trustCert", "keys/paypal/" + authority + ".pem", "webhook.id", TestSigner.WEBHOOK_ID));
        return Event.validateReceivedEvent(context, headers, delivery.body().utf8());
    }
}
