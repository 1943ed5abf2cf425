package ipn.gateway.apple;

import ipn.conformance.GatewayUnderTest;
import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A notification in short: fields are written as JSON with single quotes, and the tokens inside are signed. */
final class AppleSays {
    static final Instant AT = GatewayUnderTest.SIGNED_AT;
    static final Instant PAID_UNTIL = AT.plusSeconds(2_592_000);

    private static final GatewayAccount ACCOUNT = new AppleUnderTest().account();

    private final String type;
    private final Map<String, String> data = new HashMap<>(Map.of(
            "environment", "'Sandbox'",
            "bundleId", "'com.example.social'",
            "status", "1"));
    private final Map<String, String> transaction = new HashMap<>(Map.of(
            "transactionId", "'2001'",
            "originalTransactionId", "'2000'",
            "bundleId", "'com.example.social'",
            "environment", "'Sandbox'",
            "productId", "'premium'",
            "type", "'Auto-Renewable Subscription'",
            "purchaseDate", Long.toString(AT.toEpochMilli()),
            "expiresDate", Long.toString(PAID_UNTIL.toEpochMilli()),
            "price", "8000",
            "currency", "'USD'"));
    private final Map<String, String> renewal = new HashMap<>(Map.of("autoRenewStatus", "1"));
    private Instant at = AT;

    private AppleSays(String type) {
        this.type = type;
        transaction.put("appAccountToken", "'u-42'");
    }

    /** @param type with its subtype behind a dot, if it has one */
    static AppleSays says(String type) {
        return new AppleSays(type);
    }

    AppleSays data(String name, String value) {
        return put(data, name, value);
    }

    AppleSays transaction(String name, String value) {
        return put(transaction, name, value);
    }

    AppleSays renewal(String name, String value) {
        return put(renewal, name, value);
    }

    AppleSays oneTime() {
        renewal.clear();
        return transaction("type", "'Consumable'")
                .transaction("expiresDate", "")
                .data("status", "");
    }

    AppleSays at(Instant time) {
        at = time;
        return this;
    }

    /** @param value empty: the field is not there */
    private AppleSays put(Map<String, String> object, String name, String value) {
        if (value.isEmpty()) {
            object.remove(name);
        } else {
            object.put(name, value);
        }
        return this;
    }

    String payload() {
        var all = new HashMap<>(data);
        if (!transaction.isEmpty()) {
            all.put("signedTransactionInfo", token(transaction));
        }
        if (!renewal.isEmpty()) {
            all.put("signedRenewalInfo", token(renewal));
        }
        var parts = type.split("\\.", 2);
        var subtype = parts.length == 1 ? "" : ",'subtype':'" + parts[1] + "'";
        return "{'notificationType':'%s'%s,'notificationUUID':'uuid-1','version':'2.0','signedDate':%s,'data':%s}"
                .formatted(parts[0], subtype, Long.toString(at.toEpochMilli()), object(all))
                .replace('\'', '"');
    }

    private static String token(Map<String, String> object) {
        return "'" + TestChain.USUAL.token(object(object).replace('\'', '"')) + "'";
    }

    private static String object(Map<String, String> object) {
        return object.entrySet().stream()
                .map(field -> "'" + field.getKey() + "':" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    Delivery delivery() {
        return new Delivery(Map.of(), TestChain.USUAL.body(payload()), GatewayUnderTest.RECEIVED_AT);
    }

    Item item() {
        return ACCOUNT.identify(delivery()).get(0);
    }

    Translation translated() {
        return translated(ACCOUNT);
    }

    Translation translated(GatewayAccount account) {
        var delivery = delivery();
        return account.translate(delivery, account.identify(delivery).get(0));
    }

    Notification understood() {
        if (translated() instanceof Translation.Understood understood) {
            return understood.notification();
        }
        throw new AssertionError(type + ": " + translated());
    }

    /** Those of one kind. */
    <F extends Fact> List<F> facts(Class<F> kind) {
        return understood().facts().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
