package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.gateway.Story;
import java.util.List;
import java.util.Optional;

/**
 * Events about taking what was authorised, or letting go of it. Where Adyen captures by itself the authorisation has been
 * counted as the capture, under the payment's own id, so that is what these events correct.
 */
final class Captures {
    private Captures() {}

    static Story adjusted(AdyenEvent event) {
        var amount = event.amount();
        return Story.of(3, amount, new Fact.Authorised(event.payment(), amount));
    }

    /** Adyen has accepted to capture; that it could not comes later, if at all. */
    static Story captured(AdyenEvent event) {
        var amount = event.amount();
        return Story.of(4, amount, new Fact.Captured(captureId(event), amount, Optional.empty()));
    }

    static Story captureFailed(AdyenEvent event) {
        return Story.of(5, event.amount(), new Fact.Captured(captureId(event), event.nothing(), Optional.empty()));
    }

    static Story canceled(AdyenEvent event) {
        return released(event, 7, AttemptStatus.CANCELED);
    }

    static Story expired(AdyenEvent event) {
        return released(event, 6, AttemptStatus.EXPIRED);
    }

    private static Story released(AdyenEvent event, long sequence, AttemptStatus status) {
        var story = Story.of(sequence, event.amount(), new Fact.Attempt(event.payment(), status, ""));
        return event.isAutomatic()
                ? story.and(List.of(new Fact.Captured(event.payment(), event.nothing(), Optional.empty())))
                : story;
    }

    private static String captureId(AdyenEvent event) {
        return event.isAutomatic() ? event.payment() : event.psp();
    }
}
