package ipn.gateway.paypalipn;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of a message.
 *
 * @param payment id of the sale or the subscription, shared by all messages about it
 * @param event the same on every redelivery
 * @param type see {@link IpnMessage#type()}
 */
record IpnKeys(String payment, String event, String type) {
    /** Variables that describe the message and not the event. */
    private static final Set<String> ABOUT_THE_MESSAGE =
            Set.of("charset", "ipn_track_id", "notify_version", "resend", "verify_sign");

    static IpnKeys of(IpnMessage message) {
        var subscription = message.text("subscr_id").or(() -> message.text("recurring_payment_id"));
        if (SubscriptionEvent.of(message.txnType()).isPresent()) {
            return subscription.map(id -> subscriptionStatus(message, id)).orElseGet(() -> unidentified(message));
        }
        var sale = sale(message);
        if (sale.isEmpty() || message.text("txn_id").isEmpty()) {
            return sale.or(() -> subscription)
                    .map(id -> new IpnKeys(id, digest(message), message.type()))
                    .orElseGet(() -> unidentified(message));
        }
        return new IpnKeys(sale.get(), event(message), message.type());
    }

    Item item(AccountId account) {
        return Item.of(0, account, payment, event, type);
    }

    /**
     * The sale that a message is about. Refunds and reversals name their sale as parent. A capture names its
     * authorization as parent, but its refund will name the capture. The sale of a capture is therefore the capture
     * itself; otherwise capture and refund would have different payment keys.
     */
    private static Optional<String> sale(IpnMessage message) {
        var own = message.text("txn_id");
        var captured = message.status()
                .filter(status -> status == PaymentStatus.COMPLETED
                        || status == PaymentStatus.PROCESSED
                        || status == PaymentStatus.PENDING)
                .isPresent();
        var authorization = message.text("auth_id");
        if (captured
                && !message.takesMoney()
                && !message.txnType().equals("adjustment")
                && authorization.isPresent()
                && authorization.equals(message.text("parent_txn_id"))) {
            return own;
        }
        return message.text("parent_txn_id").or(() -> own);
    }

    private static String event(IpnMessage message) {
        return Stream.of(
                        "txn_id",
                        "payment_status",
                        "txn_type",
                        "pending_reason",
                        "case_id",
                        "subscr_id",
                        "recurring_payment_id")
                .map(name -> message.text(name).orElse("").replace("%", "%25").replace(":", "%3A"))
                .collect(Collectors.joining(":"))
                .replaceFirst(":+$", "");
    }

    /**
     * The keys of a message about a subscription's status. A profile can be skipped more than once, and PayPal gives no
     * id that distinguishes the messages. Their content does, such as the date of the next payment.
     */
    private static IpnKeys subscriptionStatus(IpnMessage message, String subscription) {
        return new IpnKeys(subscription, message.txnType() + ":" + digest(message), message.type());
    }

    private static IpnKeys unidentified(IpnMessage message) {
        var key = "unidentified:" + digest(message);
        return new IpnKeys(key, key, message.type());
    }

    private static String digest(IpnMessage message) {
        return message.form().digest(ABOUT_THE_MESSAGE);
    }
}
