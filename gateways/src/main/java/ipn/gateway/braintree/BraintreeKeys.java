package ipn.gateway.braintree;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import java.util.List;
import java.util.Optional;

/** Finds the payment key of a notification. Does not validate, so it accepts any body. */
final class BraintreeKeys {
    private BraintreeKeys() {}

    static List<Item> items(Bytes body, AccountId account) {
        try {
            return items(new BraintreePayload(BraintreeMessage.of(body).notification()), body, account);
        } catch (RefusedException e) {
            return List.of(Item.unidentified(account, body));
        }
    }

    /** A charge is about a payment, and about the subscription it was made for. */
    private static List<Item> items(BraintreePayload subject, Bytes body, AccountId account) {
        var event = event(subject);
        if (event.isEmpty()) {
            return List.of(Item.unidentified(account, body));
        }
        var first = item(0, subject.paymentId().or(subject::id).orElse(event.get()), event.get(), subject, account);
        return subject.isCharge()
                        && subject.paymentId().isPresent()
                        && subject.id().isPresent()
                ? List.of(first, item(1, subject.id().get(), event.get() + ":subscription", subject, account))
                : List.of(first);
    }

    private static Item item(int index, String payment, String event, BraintreePayload subject, AccountId account) {
        return Item.of(index, account, payment, event, kind(subject));
    }

    /** Braintree has no event id; the kind, timestamp and subject are the same on every retry and form the event key. */
    private static Optional<String> event(BraintreePayload subject) {
        var kind = kind(subject);
        var timestamp = text(subject.notification().at("timestamp"));
        var about = subject.id()
                .or(subject::paymentId)
                .orElseGet(() ->
                        Bytes.utf8(subject.notification().node().toString()).sha256());
        return kind.isEmpty() || timestamp.isEmpty()
                ? Optional.empty()
                : Optional.of(kind + ":" + timestamp.get() + ":" + about
                        + (subject.isCharge()
                                ? subject.paymentId().map(":"::concat).orElse("")
                                : ""));
    }

    private static String kind(BraintreePayload subject) {
        return EventType.glance(subject.notification().at("kind"));
    }

    private static Optional<String> text(JsonField field) {
        return field.glance().filter(text -> !text.isEmpty());
    }
}
