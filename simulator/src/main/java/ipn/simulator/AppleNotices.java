package ipn.simulator;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What Apple's notifications say.
 *
 * @param signed makes a token of an object
 */
record AppleNotices(Sample sample, String bundle, Function<Map<String, @Nullable Object>, String> signed) {
    /** {@code data.status} of a subscription that is well; the rest is in the table. */
    private static final int ACTIVE = 1;

    private static final Map<String, Integer> STATUS = Map.of(
            "EXPIRED.VOLUNTARY", 2,
            "EXPIRED.BILLING_RETRY", 2,
            "DID_FAIL_TO_RENEW", 3,
            "GRACE_PERIOD_EXPIRED", 3,
            "DID_FAIL_TO_RENEW.GRACE_PERIOD", 4,
            "REFUND", 5,
            "REVOKE", 5);

    private static final Set<String> ENDING =
            Set.of("DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_DISABLED", "EXPIRED.VOLUNTARY", "EXPIRED.BILLING_RETRY");
    private static final String ONCE = "ONE_TIME_CHARGE";
    private static final Duration GRACE = Duration.ofDays(16);
    private static final int REFUNDED_WHOLE = 100_000;

    static final Set<String> TYPES = new TreeSet<>(List.of(
            "SUBSCRIBED.INITIAL_BUY",
            "DID_RENEW",
            "DID_RENEW.BILLING_RECOVERY",
            "DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_DISABLED",
            "DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_ENABLED",
            "DID_FAIL_TO_RENEW",
            "DID_FAIL_TO_RENEW.GRACE_PERIOD",
            "GRACE_PERIOD_EXPIRED",
            "EXPIRED.VOLUNTARY",
            "EXPIRED.BILLING_RETRY",
            "REVOKE",
            ONCE,
            "CONSUMPTION_REQUEST",
            "REFUND",
            "REFUND_DECLINED",
            "REFUND_REVERSED",
            "TEST"));

    Map<String, @Nullable Object> payload(String event) {
        var parts = event.split("\\.", 2);
        var payload = Json.object("notificationType", parts[0]);
        if (parts.length > 1) {
            payload.put("subtype", parts[1]);
        }
        payload.put("notificationUUID", sample.ids().event());
        payload.put("data", data(event));
        payload.put("version", "2.0");
        payload.put("signedDate", sample.at().toEpochMilli());
        return payload;
    }

    private Map<String, @Nullable Object> data(String event) {
        var data = Json.object("bundleId", bundle, "bundleVersion", "100", "environment", "Sandbox");
        if (event.equals("TEST")) {
            return data;
        }
        data.put("signedTransactionInfo", signed.apply(transaction(event)));
        if (!event.equals(ONCE)) {
            data.put("signedRenewalInfo", signed.apply(renewal(event)));
            data.put("status", STATUS.getOrDefault(event, ACTIVE));
        }
        if (event.equals("CONSUMPTION_REQUEST")) {
            data.put("consumptionRequestReason", "UNINTENDED_PURCHASE");
        }
        return data;
    }

    private Map<String, @Nullable Object> transaction(String event) {
        var once = event.equals(ONCE);
        var from = once ? sample.at() : sample.period().from();
        var transaction = common();
        transaction.put("transactionId", sample.ids().payment());
        transaction.put(
                "originalTransactionId",
                once ? sample.ids().payment() : sample.ids().subscription());
        transaction.put("bundleId", bundle);
        transaction.put("purchaseDate", from.toEpochMilli());
        transaction.put("quantity", 1);
        transaction.put("type", once ? "Consumable" : "Auto-Renewable Subscription");
        transaction.put("inAppOwnershipType", "PURCHASED");
        transaction.put("price", milliunits(sample.amount()));
        transaction.put("currency", sample.amount().currency());
        if (!once) {
            transaction.put("expiresDate", sample.period().until().toEpochMilli());
        }
        if (event.equals("REFUND")) {
            transaction.put("revocationDate", sample.at().toEpochMilli());
            transaction.put("revocationReason", 0);
            transaction.put("revocationType", "REFUND_FULL");
            transaction.put("revocationPercentage", REFUNDED_WHOLE);
        }
        return transaction;
    }

    private Map<String, @Nullable Object> renewal(String event) {
        var renewal = common();
        renewal.put("originalTransactionId", sample.ids().subscription());
        renewal.put("autoRenewStatus", ENDING.contains(event) ? 0 : 1);
        renewal.put("renewalDate", sample.period().until().toEpochMilli());
        if (event.equals("DID_FAIL_TO_RENEW.GRACE_PERIOD")) {
            renewal.put(
                    "gracePeriodExpiresDate",
                    sample.period().until().plus(GRACE).toEpochMilli());
        }
        return renewal;
    }

    private Map<String, @Nullable Object> common() {
        var common =
                Json.object("environment", "Sandbox", "signedDate", sample.at().toEpochMilli());
        sample.says(ReferenceName.SUBJECT).ifPresent(subject -> common.put("appAccountToken", subject));
        sample.says(ReferenceName.PRODUCT).ifPresent(product -> common.put("productId", product));
        return common;
    }

    private static long milliunits(Money money) {
        var digits = Currency.getInstance(money.currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(money.minorUnits(), digits).movePointRight(3).longValueExact();
    }
}
