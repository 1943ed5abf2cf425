package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.template.Decimals;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The content of Apple's notifications.
 *
 * @param signed makes a signed token of a JSON object
 */
record AppleNotifications(TemplateValues values, Function<ObjectNode, String> signed) {
    private static final JsonTemplate NOTIFICATION = JsonTemplate.load("apple/notification.json");
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("apple/subscription-transaction.json");
    private static final JsonTemplate ONE_TIME = JsonTemplate.load("apple/one-time-transaction.json");
    private static final JsonTemplate FULL_REFUND = JsonTemplate.load("apple/full-refund.json");
    private static final JsonTemplate RENEWAL = JsonTemplate.load("apple/renewal.json");

    /** {@code data.status} of an active subscription; the other values are in the table. */
    private static final int ACTIVE = 1;

    private static final Map<String, Integer> STATUS = Map.of(
            "EXPIRED.VOLUNTARY", 2,
            "EXPIRED.BILLING_RETRY", 2,
            "DID_FAIL_TO_RENEW", 3,
            "GRACE_PERIOD_EXPIRED", 3,
            "DID_FAIL_TO_RENEW.GRACE_PERIOD", 4,
            "REFUND", 5,
            "REVOKE", 5);

    /** Events of a subscription that does not renew. */
    private static final Set<String> ENDING =
            Set.of("DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_DISABLED", "EXPIRED.VOLUNTARY", "EXPIRED.BILLING_RETRY");

    private static final String ONE_TIME_CHARGE = "ONE_TIME_CHARGE";
    private static final Duration GRACE = Duration.ofDays(16);

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
            ONE_TIME_CHARGE,
            "CONSUMPTION_REQUEST",
            "REFUND",
            "REFUND_DECLINED",
            "REFUND_REVERSED",
            "TEST"));

    ObjectNode notification(String event) {
        var type = event.split("\\.", 2);
        var transaction = !event.equals("TEST");
        var renewal = transaction && !event.equals(ONE_TIME_CHARGE);
        var consumption = event.equals("CONSUMPTION_REQUEST");
        return NOTIFICATION.fill(values.with("type", type[0])
                .withIf(type.length > 1, "subtype", () -> type[1])
                .withIf(transaction, "transaction", () -> signed.apply(transaction(event)))
                .withIf(renewal, "renewal", () -> signed.apply(renewal(event)))
                .withIf(renewal, "status", () -> STATUS.getOrDefault(event, ACTIVE))
                .withIf(consumption, "consumption_reason", () -> "UNINTENDED_PURCHASE"));
    }

    private ObjectNode transaction(String event) {
        var template = event.equals(ONE_TIME_CHARGE) ? ONE_TIME : SUBSCRIPTION;
        var transaction = template.fill(values.with("price", price()));
        if (event.equals("REFUND")) {
            transaction.setAll(FULL_REFUND.fill(values));
        }
        return transaction;
    }

    private ObjectNode renewal(String event) {
        var grace = event.equals("DID_FAIL_TO_RENEW.GRACE_PERIOD");
        var graceEnd = values.sample().period().until().plus(GRACE).toEpochMilli();
        return RENEWAL.fill(values.with("auto_renew_status", ENDING.contains(event) ? 0 : 1)
                .withIf(grace, "grace_period_end", () -> graceEnd));
    }

    /** Thousandths of the currency's main unit. */
    private long price() {
        return Decimals.of(values.sample().amount()).movePointRight(3).longValueExact();
    }
}
