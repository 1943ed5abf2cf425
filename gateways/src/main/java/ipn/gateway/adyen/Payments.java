package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.gateway.Story;
import java.util.List;
import java.util.Optional;

/** Events about a payment that begins, or does not. */
final class Payments {
    private Payments() {}

    static Story authorised(AdyenEvent event) {
        var amount = event.amount();
        var story = Story.of(2, amount, new Fact.Authorised(event.payment(), amount));
        if (event.isAutomatic()) {
            story = story.and(List.of(new Fact.Captured(event.payment(), amount, Optional.empty())));
        }
        return story.and(event.standIn()).and(event.words());
    }

    static Story failed(AdyenEvent event) {
        return attempt(event, 2, AttemptStatus.FAILED, event.reason());
    }

    static Story pending(AdyenEvent event) {
        return attempt(event, 1, AttemptStatus.PENDING, "");
    }

    /** The payer never came back to pay. */
    static Story offerClosed(AdyenEvent event) {
        return attempt(event, 3, AttemptStatus.EXPIRED, "");
    }

    /** A payment method was stored with this payment. Adyen keeps no subscriptions: what it tells is whose payment it was. */
    static Story stored(AdyenEvent event) {
        return Story.NOTHING.and(event.words());
    }

    private static Story attempt(AdyenEvent event, long sequence, AttemptStatus status, String reason) {
        return Story.of(sequence, event.amount(), new Fact.Attempt(event.payment(), status, reason))
                .and(event.words());
    }
}
