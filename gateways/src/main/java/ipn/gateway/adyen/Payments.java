package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.gateway.EventContent;
import java.util.List;
import java.util.Optional;

/** Events about starting a payment: authorized, failed, pending, expired. */
final class Payments {
    private Payments() {}

    static EventContent authorized(AdyenEvent event) {
        var amount = event.amount();
        var content = EventContent.of(2, amount, new Fact.Authorized(event.payment(), amount));
        if (event.isAutomatic()) {
            content = content.and(List.of(new Fact.Captured(event.payment(), amount, Optional.empty())));
        }
        return content.and(event.standIn()).and(event.words());
    }

    static EventContent failed(AdyenEvent event) {
        return attempt(event, 2, AttemptStatus.FAILED, event.reason());
    }

    static EventContent pending(AdyenEvent event) {
        return attempt(event, 1, AttemptStatus.PENDING, "");
    }

    /** The payer did not return to pay. If the offer was authorized after all, it is a payment, and the event has no effect. */
    static EventContent offerClosed(AdyenEvent event) {
        return attempt(event, 3, AttemptStatus.ABANDONED, "");
    }

    /** A payment method was stored with this payment. Adyen has no subscriptions; the event only identifies the subject. */
    static EventContent stored(AdyenEvent event) {
        return EventContent.NOTHING.and(event.words());
    }

    private static EventContent attempt(AdyenEvent event, long sequence, AttemptStatus status, String reason) {
        return EventContent.of(sequence, event.amount(), new Fact.Attempt(event.payment(), status, reason))
                .and(event.words());
    }
}
