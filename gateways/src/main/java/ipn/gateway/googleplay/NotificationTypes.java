package ipn.gateway.googleplay;

import static java.util.Map.entry;

import ipn.gateway.content.JsonField;
import java.util.Map;

/** Names of the numeric types in notifications. */
final class NotificationTypes {
    static final String VOIDED = "VOIDED_PURCHASE";
    static final String REVIEW = "PENDING_REFUND_REVIEW";

    // spotless:off
    private static final Map<String, String> SUBSCRIPTION = Map.ofEntries(
            entry("1",  "SUBSCRIPTION_RECOVERED"),
            entry("2",  "SUBSCRIPTION_RENEWED"),
            entry("3",  "SUBSCRIPTION_CANCELED"),
            entry("4",  "SUBSCRIPTION_PURCHASED"),
            entry("5",  "SUBSCRIPTION_ON_HOLD"),
            entry("6",  "SUBSCRIPTION_IN_GRACE_PERIOD"),
            entry("7",  "SUBSCRIPTION_RESTARTED"),
            entry("8",  "SUBSCRIPTION_PRICE_CHANGE_CONFIRMED"),
            entry("9",  "SUBSCRIPTION_DEFERRED"),
            entry("10", "SUBSCRIPTION_PAUSED"),
            entry("11", "SUBSCRIPTION_PAUSE_SCHEDULE_CHANGED"),
            entry("12", "SUBSCRIPTION_REVOKED"),
            entry("13", "SUBSCRIPTION_EXPIRED"),
            entry("17", "SUBSCRIPTION_ITEMS_CHANGED"),
            entry("18", "SUBSCRIPTION_CANCELLATION_SCHEDULED"),
            entry("19", "SUBSCRIPTION_PRICE_CHANGE_UPDATED"),
            entry("20", "SUBSCRIPTION_PENDING_PURCHASE_CANCELED"),
            entry("22", "SUBSCRIPTION_PRICE_STEP_UP_CONSENT_UPDATED"));

    private static final Map<String, String> ONE_TIME = Map.of(
            "1", "ONE_TIME_PRODUCT_PURCHASED",
            "2", "ONE_TIME_PRODUCT_CANCELED");
    // spotless:on

    private NotificationTypes() {}

    /** The name of a subscription notification's type; empty if the number is absent or invalid. */
    static String subscription(JsonField number) {
        return name(SUBSCRIPTION, "SUBSCRIPTION_", number);
    }

    /** The name of a one-time product notification's type; empty if the number is absent or invalid. */
    static String oneTime(JsonField number) {
        return name(ONE_TIME, "ONE_TIME_PRODUCT_", number);
    }

    /** A number without a known name gets the prefix and the number as its name. */
    private static String name(Map<String, String> names, String prefix, JsonField number) {
        return number.glance()
                .filter(digits -> digits.matches("[0-9]{1,6}"))
                .map(digits -> names.getOrDefault(digits, prefix + digits))
                .orElse("");
    }
}
