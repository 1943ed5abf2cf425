package ipn.gateway.paypalipn;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a message is about, in ids.
 *
 * @param payment the sale, or the subscription, on which all messages about it meet
 * @param event the same on every redelivery
 * @param type see {@link IpnMessage#type()}
 */
record IpnKeys(String payment, String event, String type) {
    /** Variables about the message and not about what happened. */
    private static final Set<String> ABOUT_THE_MESSAGE =
            Set.of("charset", "ipn_track_id", "notify_version", "resend", "verify_sign");

    static IpnKeys of(IpnMessage message) {
        var subscription = message.text("subscr_id").or(() -> message.text("recurring_payment_id"));
        if (SubscriptionEvent.of(message.txnType()).isPresent()) {
            return subscription.map(id -> standing(message, id)).orElseGet(() -> unidentified(message));
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
     * A refund or a reversal points to its sale. A capture points to its authorization, but its refund will point to the
     * capture; so what is captured is a sale of its own, or the two would never meet.
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
     * A profile is skipped more than once, and no id of PayPal's tells one time from the next; what the messages say does,
     * such as the next payment's date.
     */
    private static IpnKeys standing(IpnMessage message, String subscription) {
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
