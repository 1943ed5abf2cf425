package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.gateway.Translation.Refused;
import ipn.gateway.Translation.Understood;
import ipn.gateway.content.Bytes;
import ipn.settings.SettingsException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Every gateway whose events name a merchant accepts those of the configured merchants only. */
class ReceiverContractTest {
    private static final Map<String, String> SECRETS = Map.of(
            "HEX",
            "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
            "STRIPE",
            "whsec_0123456789abcdef0123",
            "TEXT",
            "0123456789abcdef0123");

    /** What the settings and the events of a gateway call its merchant. */
    private enum Case {
        STRIPE("account", "secrets: 'env:STRIPE'", "payment_intent.succeeded", "/account", "acct_1", "acct_2"),
        RAZORPAY("account", "secrets: 'env:TEXT'", "payment.authorized", "/account_id", "acc_1", "acc_2"),
        SQUARE(
                "merchant",
                "url: 'https://pay.example.com/', secrets: 'env:TEXT'",
                "payment.updated.completed",
                "/merchant_id",
                "M1",
                "M2"),
        PAYPAL(
                "merchant-id",
                "webhook-id: 8TE57W3BHOOK00001",
                "PAYMENT.CAPTURE.COMPLETED",
                "/resource/payee/merchant_id",
                "TESTMERCHANT1",
                "TESTMERCHANT2"),
        MOLLIE(
                "profile",
                "secrets: 'env:TEXT'",
                "nextgen.payment.paid",
                "/_embedded/entity/profileId",
                "pfl_1",
                "pfl_2"),
        ADYEN(
                "merchant-account",
                "secrets: 'env:HEX'",
                "CAPTURE.success",
                "/notificationItems/0/NotificationRequestItem/merchantAccountCode",
                "Shop1",
                "Shop2"),
        BRAINTREE("merchant-account", "key-pairs: {a1b2c3d4: 'env:TEXT'}", "", "", "shop_1", "shop_2"),
        SHOPIFY("shop", "secrets: 'env:TEXT'", "", "", "a.myshopify.com", "b.myshopify.com");

        private final String key;
        private final String section;
        private final String sample;
        private final String place;
        private final String ours;
        private final String other;

        Case(String key, String section, String sample, String place, String ours, String other) {
            this.key = key;
            this.section = section;
            this.sample = sample;
            this.place = place;
            this.ours = ours;
            this.other = other;
        }

        private String gateway() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String path() {
            return "gateways." + gateway() + ".main." + key;
        }

        private GatewayAccount open(String mode, String more) {
            return TestAccounts.open(gateway(), "{mode: " + mode + ", " + section + more + "}", SECRETS);
        }

        private GatewayAccount accepting(String receivers) {
            return open("test", ", " + key + ": " + receivers);
        }

        /** What the account makes of the sample; {@code named} as JSON, or absent if empty. */
        private Translation read(GatewayAccount account, String named) {
            var delivery = TestFiles.delivery(gateway(), sample);
            var body = TestFiles.json("samples/" + gateway() + "/" + sample + ".json");
            var pointer = JsonPointer.compile(place);
            var parent = (ObjectNode) body.at(pointer.head());
            var field = pointer.last().getMatchingProperty();
            if (named.isEmpty()) {
                parent.remove(field);
            } else {
                parent.put(field, named);
            }
            var changed = new Delivery(delivery.headers(), Bytes.utf8(body.toString()), delivery.receivedAt());
            return account.translate(changed, account.identify(changed).get(0));
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BRAINTREE", "SHOPIFY"})
    void only_events_of_the_configured_merchants_are_accepted(Case gateway) {
        var account = gateway.accepting(gateway.ours);
        assertThat(gateway.read(account, gateway.ours)).isInstanceOf(Understood.class);
        for (var other : List.of(gateway.other, gateway.ours + "0", "any", " " + gateway.ours)) {
            assertThat(gateway.read(account, other)).as(other).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.WRONG_RECEIVER);
                assertThat(refused.detail())
                        .isEqualTo(gateway.place + ": another receiver (expected: one of " + gateway.path() + ")");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BRAINTREE", "SHOPIFY"})
    void several_merchants_can_be_configured(Case gateway) {
        var account = gateway.accepting("[" + gateway.ours + ", " + gateway.other + "]");
        assertThat(gateway.read(account, gateway.ours)).isInstanceOf(Understood.class);
        assertThat(gateway.read(account, gateway.other)).isInstanceOf(Understood.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BRAINTREE", "SHOPIFY"})
    void any_accepts_every_merchant(Case gateway) {
        for (var receivers : List.of("any", "[any]")) {
            assertThat(gateway.read(gateway.accepting(receivers), gateway.other))
                    .isInstanceOf(Understood.class);
        }
    }

    /** Adyen signs the merchant account, so each of its items has one. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ADYEN", "BRAINTREE", "SHOPIFY"})
    void an_event_that_names_no_merchant_is_accepted(Case gateway) {
        assertThat(gateway.read(gateway.accepting(gateway.ours), "")).isInstanceOf(Understood.class);
    }

    @ParameterizedTest
    @EnumSource
    void in_mode_live_the_merchant_is_required(Case gateway) {
        assertThatThrownBy(() -> gateway.open("live", ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(gateway.path() + ": missing (expected: ")
                .hasMessageContaining(", or a list, or any, which accepts every one; shown ");
        assertThatCode(() -> gateway.open("live", ", " + gateway.key + ": any")).doesNotThrowAnyException();
        assertThatCode(() -> gateway.open("live", ", " + gateway.key + ": " + gateway.ours))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ADYEN", "SHOPIFY"})
    void in_mode_test_the_merchant_may_be_absent(Case gateway) {
        assertThatCode(() -> gateway.open("test", "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void any_stands_alone(Case gateway) {
        assertThatThrownBy(() -> gateway.accepting("[any, " + gateway.ours + "]"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(gateway.path() + ": any (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "'a b'", "'*'", "Any/All"})
    void a_merchant_is_written_as_the_gateway_does(String wrong) {
        for (var gateway : Case.values()) {
            assertThatThrownBy(() -> gateway.accepting(wrong))
                    .as(gateway.name())
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(gateway.path() + ": ");
        }
    }
}
