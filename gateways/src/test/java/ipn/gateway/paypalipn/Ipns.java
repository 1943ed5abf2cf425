package ipn.gateway.paypalipn;

import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.AccountId;
import ipn.gateway.AccountSettings;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Messages as PayPal writes them, and accounts that read them. */
final class Ipns {
    static final Instant RECEIVED = Instant.parse("2026-10-01T12:00:00Z");
    static final AccountId TEST = new AccountId("paypal-ipn", "main", false);
    static final AccountId LIVE = new AccountId("paypal-ipn", "main", true);
    static final Map<ReferenceName, String> USUAL = Map.of(
            ReferenceName.ORDER, "order_id",
            ReferenceName.SUBJECT, "user_id",
            ReferenceName.PRODUCT, "product",
            ReferenceName.REFERENCE, "reference");
    static final List<String> FIXTURES = List.of(
            "canceled_reversal",
            "new_case.dispute",
            "recurring_payment_suspended_due_to_max_failed_payment",
            "refund.partial",
            "reversed.chargeback",
            "subscr_payment",
            "web_accept.completed");

    private Ipns() {}

    static Settings settings(String yaml) {
        return Settings.parse(yaml, Map.of(), Path.of(""));
    }

    /** An account as the given settings open it; what is wrong with them is an error. */
    static GatewayAccount account(AccountId id, String yaml) {
        var settings = settings(yaml);
        var account = new PayPalIpnGateway().open(new AccountSettings(id, settings, USUAL));
        settings.verify();
        return account;
    }

    static GatewayAccount testAccount() {
        return account(TEST, "receiver: merchant@example.com");
    }

    static Delivery fixture(String name) {
        return delivery(TestFiles.bytes("samples/paypal-ipn/" + name + ".form"));
    }

    static Delivery delivery(Bytes body) {
        return new Delivery(Map.of("content-type", List.of("application/x-www-form-urlencoded")), body, RECEIVED);
    }

    /** A message to the test account; the given names and values are added to, or replace, those of every message. */
    static Delivery says(String... namesAndValues) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("payment_date", "05:00:00 Sep 01, 2026 PDT");
        fields.put("mc_currency", "USD");
        fields.put("receiver_email", "merchant@example.com");
        fields.put("test_ipn", "1");
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        fields.values().removeIf(String::isEmpty);
        if (!fields.values().stream().allMatch(value -> value.chars().allMatch(c -> c < 128))) {
            fields.put("charset", "UTF-8");
        }
        return delivery(Bytes.utf8(fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))));
    }

    static Item item(GatewayAccount account, Delivery delivery) {
        return account.identify(delivery).get(0);
    }

    static Translation translation(Delivery delivery) {
        var account = testAccount();
        return account.translate(delivery, item(account, delivery));
    }

    static Notification notification(Delivery delivery) {
        var translation = translation(delivery);
        if (translation instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError("not understood: " + translation);
    }

    /** Facts without those that only name things. */
    static List<Fact> told(Delivery delivery) {
        return notification(delivery).facts().stream()
                .filter(fact -> !(fact instanceof Fact.Reference || fact instanceof Fact.Sku))
                .toList();
    }
}
