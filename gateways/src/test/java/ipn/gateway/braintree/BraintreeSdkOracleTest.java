package ipn.gateway.braintree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.braintreegateway.BraintreeGateway;
import com.braintreegateway.Environment;
import com.braintreegateway.WebhookNotification;
import com.braintreegateway.exceptions.InvalidSignatureException;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.ChallengeResponder;
import ipn.gateway.Delivery;
import ipn.gateway.Translation;
import ipn.gateway.Translation.Ignored;
import ipn.gateway.Translation.Refused;
import ipn.gateway.Translation.Understood;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Braintree's own library as a witness, both ways; its samples are of today, and leave out more than Braintree does. */
@Tag("sdk")
@Proves(Proof.SDK)
@Oracle("com.braintreepayments.gateway:braintree-java")
class BraintreeSdkOracleTest {
    private static final BraintreeGateway LIBRARY = new BraintreeGateway(
            Environment.DEVELOPMENT, "integration_merchant_id", BraintreeSays.PUBLIC, BraintreeSays.PRIVATE);

    /** Its samples of these name no currency, which Braintree always does. */
    private static final Set<String> WITHOUT_CURRENCY = Set.of(
            "transaction_settled",
            "transaction_settlement_declined",
            "transaction_retried",
            "refund_failed",
            "local_payment_completed",
            "local_payment_funded",
            "subscription_charged_successfully",
            "subscription_charged_unsuccessfully");

    private static final Set<String> UNDERSTOOD = Set.of(
            "transaction_reviewed",
            "local_payment_expired",
            "local_payment_reversed",
            "dispute_opened",
            "dispute_under_review",
            "dispute_disputed",
            "dispute_won",
            "dispute_lost",
            "dispute_accepted",
            "dispute_auto_accepted",
            "dispute_expired",
            "subscription_billing_skipped",
            "subscription_went_active",
            "subscription_trial_ended",
            "subscription_went_past_due",
            "subscription_canceled",
            "subscription_expired");

    @ParameterizedTest
    @EnumSource(WebhookNotification.Kind.class)
    void we_believe_and_read_every_sample_the_library_makes(WebhookNotification.Kind kind) {
        var sample = LIBRARY.webhookTesting().sampleNotification(kind, "my_id");
        var sent = BraintreeSays.delivery(sample.get("bt_signature"), sample.get("bt_payload"));
        var account = BraintreeSays.open(BraintreeSays.USUAL);
        var delivery = new Delivery(sent.headers(), sent.body(), Instant.parse("2100-01-01T00:00:00Z"));

        assertThat(account.authenticate(delivery, GatewayUnderTest.SIGNED_AT)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Genuine.class);
        var item = account.identify(delivery).get(0);
        assertThat(item.type()).isEqualTo(kind.toString());
        means(kind.toString(), account.translate(delivery, item));
    }

    private static void means(String kind, Translation translation) {
        if (WITHOUT_CURRENCY.contains(kind)) {
            assertThat(translation)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.MISSING_FIELD));
        } else {
            assertThat(translation).isInstanceOf(UNDERSTOOD.contains(kind) ? Understood.class : Ignored.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispute_won", "subscription_canceled", "transaction_settled"})
    void the_library_believes_what_we_sign(String kind) {
        var thing = "<%1$s><id>x</id><amount>1.00</amount><transactions type=\"array\"/><add_ons type=\"array\"/>"
                + "<discounts type=\"array\"/><transaction><id>t</id></transaction></%1$s>";
        var xml = BraintreeSays.notification(kind, thing.formatted(kind.substring(0, kind.indexOf('_'))));
        var payload = BraintreeSays.payload(Bytes.utf8(xml));
        var signature = BraintreeSignature.sign(payload, BraintreeSays.PUBLIC, BraintreeSays.PRIVATE);

        assertThat(LIBRARY.webhookNotification()
                        .parse(signature, payload)
                        .getKind()
                        .toString())
                .isEqualTo(kind);
        assertThat(LIBRARY.webhookNotification()
                        .parse("a|b&" + signature, payload)
                        .getKind()
                        .toString())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 61})
    void a_changed_payload_is_refused_by_both(int at) {
        var sample = LIBRARY.webhookTesting().sampleNotification(WebhookNotification.Kind.CHECK, "my_id");
        var payload = new StringBuilder(sample.get("bt_payload"));
        payload.setCharAt(at, payload.charAt(at) == 'x' ? 'y' : 'x');

        assertThatThrownBy(() -> LIBRARY.webhookNotification().parse(sample.get("bt_signature"), payload.toString()))
                .isInstanceOf(InvalidSignatureException.class);
        assertThat(BraintreeSays.open(BraintreeSays.USUAL)
                        .authenticate(
                                BraintreeSays.delivery(sample.get("bt_signature"), payload.toString()),
                                GatewayUnderTest.SIGNED_AT)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20f9f8ed05f77439fe955c977e4c8a53", "0123456789abcdef0123"})
    void the_challenge_is_answered_as_the_library_would(String challenge) {
        var account = (ChallengeResponder) BraintreeSays.open(BraintreeSays.USUAL);
        assertThat(account.answer("bt_challenge=" + challenge).orElseThrow().body())
                .isEqualTo(LIBRARY.webhookNotification().verify(challenge));
    }
}
