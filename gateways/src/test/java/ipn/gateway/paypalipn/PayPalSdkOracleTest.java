package ipn.gateway.paypalipn;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.LocalPeer;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PayPal's own (old) SDK composes the same question, byte for byte, as we ask. */
@Timeout(60)
class PayPalSdkOracleTest {

    static Iterable<String> fixtures() {
        return Ipns.FIXTURES;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    @Proves(Proof.SDK)
    @Oracle("com.paypal.sdk:paypal-core")
    void paypals_sdk_would_send_the_same_bytes_back(String fixture) throws Throwable {
        var delivery = Ipns.fixture(fixture);
        try (var paypal = LocalPeer.overHttp(LocalPeer.replying("VERIFIED"))) {
            var account = Ipns.account(
                    Ipns.TEST, "receiver: merchant@example.com\nverify-url: " + paypal.url("/cgi-bin/webscr"));
            account.authenticate(delivery, Ipns.RECEIVED).toCompletableFuture().join();

            assertThat(paypal.requests())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.body().utf8())
                            .isEqualTo(sdkQuestion(
                                    IpnMessage.read(delivery.body()).form().fields())));
        }
    }

    /**
     * By method handle: the class also has constructors for servlets, which are not on this class path. Its sending half is
     * of no use: it needs a class that Java has not had since version 7.
     */
    private static String sdkQuestion(Map<String, String> fields) throws Throwable {
        var parameters = new LinkedHashMap<String, String[]>();
        fields.forEach((name, value) -> parameters.put(name, new String[] {value}));
        var message = Class.forName("com.paypal.ipn.IPNMessage");
        var lookup = MethodHandles.publicLookup();
        var opened = lookup.findConstructor(
                        message, MethodType.methodType(void.class, Map.class, Map.class, boolean.class))
                .invoke(parameters, Map.of("mode", "sandbox"), true);
        return (String) lookup.findVirtual(message, "getPayload", MethodType.methodType(String.class))
                .invoke(opened);
    }
}
