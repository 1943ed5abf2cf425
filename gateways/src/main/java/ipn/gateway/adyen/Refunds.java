package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import java.util.List;

/**
 * Events about giving money back; a refund is known by the reference of the request for it. The merchant's reference on them
 * may be that of the refund, so it is not taken for the order.
 */
final class Refunds {
    private Refunds() {}

    static EventContent refunded(AdyenEvent event) {
        return refund(event, 1, RefundStatus.SUCCEEDED);
    }

    /** Refused, failed at the bank, or come back: none of it is with the payer. */
    static EventContent failed(AdyenEvent event) {
        return refund(event, 2, RefundStatus.FAILED);
    }

    /**
     * Which of the two it was stands in {@code modification.action}, which is not signed; so it is not read. Both are told: of
     * money never taken the end of the attempt counts, of money taken the refund.
     */
    static EventContent canceledOrRefunded(AdyenEvent event) {
        return refunded(event).and(List.of(new Fact.Attempt(event.payment(), AttemptStatus.CANCELED, "")));
    }

    private static EventContent refund(AdyenEvent event, long sequence, RefundStatus status) {
        var amount = event.moved();
        return EventContent.of(sequence, amount, new Fact.Refund(event.psp(), amount, status));
    }
}
