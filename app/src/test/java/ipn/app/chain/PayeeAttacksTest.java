package ipn.app.chain;

import static ipn.app.chain.Edits.all;
import static ipn.app.chain.Edits.inDocument;
import static ipn.app.chain.Edits.replace;
import static ipn.app.chain.Edits.set;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.topics.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Events about money that another merchant received, such as a connected account, signed with the key of ours. Coinbase and Paddle name
 * no merchant: there, only the secret is the account's.
 */
class PayeeAttacksTest {
    @TempDir
    private static Path folder;

    private static AttackedShop shop;

    private final Buyer buyer = shop.newBuyer();

    @BeforeAll
    static void open() throws IOException {
        shop = AttackedShop.open(folder, ours());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /**
     * A merchant that the gateway names in its events, and the setting that names ours.
     *
     * @param names writes the merchant where the simulator does not write the setting
     */
    private record Payee(
            String gateway,
            String setting,
            String ours,
            String theirs,
            String event,
            Function<String, UnaryOperator<Draft>> names) {
        private Payee(String gateway, String setting, String ours, String theirs, String event) {
            this(gateway, setting, ours, theirs, event, merchant -> Edits.none());
        }

        /** Where the setting is. */
        private String path() {
            return gateway + "/main " + setting;
        }

        @Override
        public String toString() {
            return gateway + " " + setting;
        }
    }

    private static Map<String, String> ours() {
        var ours = payees().collect(Collectors.toMap(Payee::path, Payee::ours));
        ours.put("standard-webhooks/main mapping", "{receiver: /data/merchant}");
        return ours;
    }

    static Stream<Payee> payees() {
        return Stream.of(
                new Payee(
                        "stripe", "account", "acct_1", "acct_2", "invoice.paid", merchant -> set("/account", merchant)),
                new Payee(
                        "paypal",
                        "merchant-id",
                        "MERCHANT0001",
                        "MERCHANT0002",
                        "PAYMENT.CAPTURE.COMPLETED",
                        merchant -> set("/resource/payee", "{merchant_id: %s}".formatted(merchant))),
                new Payee("paypal-ipn", "receiver", "shop@example.com", "other@example.com", "subscr_payment"),
                new Payee("adyen", "merchant-account", "ShopECOM", "OtherECOM", "AUTHORISATION"),
                new Payee("square", "merchant", "M1", "M2", "payment.updated"),
                new Payee("razorpay", "account", "acc_1", "acc_2", "payment.captured"),
                new Payee("shopify", "shop", "ours.myshopify.com", "theirs.myshopify.com", "orders/paid"),
                new Payee("apple", "bundle-id", "com.example.ours", "com.example.theirs", "SUBSCRIBED.INITIAL_BUY"),
                new Payee("google-play", "package", "com.example.ours", "com.example.theirs", "SUBSCRIPTION_PURCHASED"),
                new Payee(
                        "google-play",
                        "subscription",
                        "projects/ours/subscriptions/play",
                        "projects/theirs/subscriptions/play",
                        "SUBSCRIPTION_PURCHASED"),
                new Payee(
                        "braintree",
                        "merchant-account",
                        "shop_1",
                        "shop_2",
                        "subscription_charged_successfully",
                        merchant -> replace(
                                "<plan-id>", "<merchant-account-id>" + merchant + "</merchant-account-id><plan-id>")),
                new Payee(
                        "mollie",
                        "profile",
                        "pfl_1",
                        "pfl_2",
                        "payment.paid",
                        merchant -> all(
                                inDocument("payments", "/profileId", merchant),
                                inDocument("payments", "/description", "premium"))),
                new Payee(
                        "standard-webhooks",
                        "receiver",
                        "shop-1",
                        "shop-2",
                        "payment.succeeded",
                        merchant -> set("/data/merchant", merchant)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payees")
    void money_that_we_received_grants(Payee payee) {
        pay(payee, shop.settings(), payee.ours());

        buyer.assertGranted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payees")
    void money_that_another_merchant_received_is_a_dead_letter(Payee payee) {
        var theirs = new HashMap<>(ours());
        theirs.put(payee.path(), payee.theirs());
        pay(payee, shop.settings(theirs), payee.theirs());

        assertThat(buyer.access()).isEmpty();
        assertThat(buyer.deadLetters()).isNotEmpty().containsOnly(Reason.WRONG_RECEIVER.name());
        assertThat(shop.chain().payments().values())
                .noneMatch(payment -> payment.toString().contains(buyer.subject()));
    }

    private void pay(Payee payee, Settings from, String merchant) {
        var sample = buyer.month(payee.gateway(), "premium");
        buyer.deliver(
                from,
                payee.gateway() + "/main",
                payee.event(),
                sample,
                payee.names().apply(merchant));
    }
}
