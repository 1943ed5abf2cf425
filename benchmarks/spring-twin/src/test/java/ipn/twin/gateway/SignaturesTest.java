package ipn.twin.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;

/** Signatures were computed with another implementation of HMAC. */
class SignaturesTest {
    private static final byte[] BODY = "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\"}".getBytes(UTF_8);
    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_700_000_000);

    record Signed(Gateway gateway, String secret, Map<String, String> headers) {
        boolean authentic(byte[] body, String otherSecret, Instant now) {
            var http = new HttpHeaders();
            headers.forEach(http::add);
            return gateway.authentic(http, body, otherSecret, now);
        }

        @Override
        public String toString() {
            return gateway.name();
        }
    }

    private static final Signed STRIPE = new Signed(
            new StripeGateway(),
            "whsec_test",
            Map.of(
                    "Stripe-Signature",
                    "t=1700000000,v1=00,v1=001ce3ef73e456cedaab328328720d3ad59defb8bbd0f1518f46c04ad4ac0bb7"));
    private static final Signed RAZORPAY = new Signed(
            new RazorpayGateway(),
            "razorpay-test",
            Map.of("X-Razorpay-Signature", "07a9a29397a3716184b41aed0af3453e26e6ac80081a1564fda319431b578b07"));
    private static final Signed STANDARD_WEBHOOKS = new Signed(
            new StandardWebhooksGateway(),
            "whsec_dGVzdCBvbmx5",
            Map.of(
                    "webhook-id", "msg_1",
                    "webhook-timestamp", "1700000000",
                    "webhook-signature", "v1,AAAA v1,Mi1t45wZwELgTJfI2y7x/aC1zdhQu/jtRUTGkj2lXBI="));

    static Stream<Signed> all() {
        return Stream.of(STRIPE, RAZORPAY, STANDARD_WEBHOOKS);
    }

    static Stream<Signed> timed() {
        return Stream.of(STRIPE, STANDARD_WEBHOOKS);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_signed_body_is_authentic(Signed signed) {
        assertThat(signed.authentic(BODY, signed.secret(), SIGNED_AT)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void another_body_or_secret_is_not(Signed signed) {
        assertThat(signed.authentic("{}".getBytes(UTF_8), signed.secret(), SIGNED_AT))
                .isFalse();
        assertThat(signed.authentic(BODY, "whsec_b3RoZXI=", SIGNED_AT)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_body_without_a_signature_is_not(Signed signed) {
        var unsigned = new Signed(signed.gateway(), signed.secret(), Map.of());
        assertThat(unsigned.authentic(BODY, signed.secret(), SIGNED_AT)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("timed")
    void an_old_signature_is_not(Signed signed) {
        assertThat(signed.authentic(BODY, signed.secret(), SIGNED_AT.plusSeconds(301)))
                .isFalse();
    }
}
