package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.gateway.EventContent;
import java.util.List;
import java.util.Optional;

/**
 * Capture and cancellation events. With automatic capture, the authorization has already counted as a capture under the
 * payment's own id, so these events correct that capture.
 */
final class Captures {
    private Captures() {}

    static EventContent adjusted(AdyenEvent event) {
        var amount = event.amount();
        return EventContent.of(3, amount, new Fact.Authorized(event.payment(), amount));
    }

    /** Adyen has accepted the capture request; a later event reports a failure, if any. */
    static EventContent captured(AdyenEvent event) {
        var amount = event.amount();
        return EventContent.of(4, amount, new Fact.Captured(captureId(event), amount, Optional.empty()));
    }

    static EventContent captureFailed(AdyenEvent event) {
        return EventContent.of(
                5, event.amount(), new Fact.Captured(captureId(event), event.nothing(), Optional.empty()));
    }

    static EventContent canceled(AdyenEvent event) {
        return released(event, 7, AttemptStatus.CANCELED);
    }

    static EventContent expired(AdyenEvent event) {
        return released(event, 6, AttemptStatus.EXPIRED);
    }

    private static EventContent released(AdyenEvent event, long sequence, AttemptStatus status) {
        var content = EventContent.of(sequence, event.amount(), new Fact.Attempt(event.payment(), status, ""));
        return event.isAutomatic()
                ? content.and(List.of(new Fact.Captured(event.payment(), event.nothing(), Optional.empty())))
                : content;
    }

    private static String captureId(AdyenEvent event) {
        return event.isAutomatic() ? event.payment() : event.psp();
    }
}
