package ipn.gateway.googleplay;

import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.Map;

/**
 * What a notification is about: exactly one of its members ends in {@code Notification}.
 *
 * @param member the member's name
 */
record NotificationKind(Known known, String member) {
    enum Known {
        SUBSCRIPTION,
        ONE_TIME,
        VOIDED,
        REVIEW,
        TEST,
        /** One that came after this was written. */
        OTHER
    }

    private static final Map<String, Known> MEMBERS = Map.of(
            "subscriptionNotification", Known.SUBSCRIPTION,
            "oneTimeProductNotification", Known.ONE_TIME,
            "voidedPurchaseNotification", Known.VOIDED,
            "pendingRefundReviewNotification", Known.REVIEW,
            "testNotification", Known.TEST);

    /** @throws RefusedException MISSING_FIELD or MALFORMED where there is none, or more than one */
    static NotificationKind of(JsonField data) {
        var members = new ArrayList<String>();
        data.node().fieldNames().forEachRemaining(name -> {
            if (name.matches("[a-zA-Z]{1,80}Notification") && data.at(name).isPresent()) {
                members.add(name);
            }
        });
        if (members.isEmpty()) {
            throw new RefusedException(Reason.MISSING_FIELD, data.pointer() + ": no notification member");
        }
        if (members.size() > 1) {
            throw new RefusedException(Reason.MALFORMED, data.pointer() + ": more than one notification member");
        }
        var member = members.get(0);
        return new NotificationKind(MEMBERS.getOrDefault(member, Known.OTHER), member);
    }

    /** Name of the event, as Google's reference has it; numbers mean other things for subscriptions than for products. */
    String type(JsonField about) {
        return switch (known) {
            case SUBSCRIPTION -> NotificationTypes.subscription(about.at("notificationType"));
            case ONE_TIME -> NotificationTypes.oneTime(about.at("notificationType"));
            case VOIDED -> NotificationTypes.VOIDED;
            case REVIEW -> NotificationTypes.REVIEW;
            case TEST -> "TEST";
            case OTHER -> member;
        };
    }
}
