package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import java.util.List;

/**
 * Refund events. The {@code pspReference} of the refund request identifies a refund. The merchant reference on these events
 * may belong to the refund, so it is not read as the order id.
 */
final class Refunds {
    private Refunds() {}

    static EventContent refunded(AdyenEvent event) {
        return refund(event, 1, RefundStatus.SUCCEEDED);
    }

    /** The refund was refused, failed at the bank, or was returned: the payer has received nothing. */
    static EventContent failed(AdyenEvent event) {
        return refund(event, 2, RefundStatus.FAILED);
    }

    /**
     * Only {@code modification.action} distinguishes the two, and it is not signed, so it is not read. The event yields both
     * facts: a payment that was not captured uses the canceled attempt, a captured payment uses the refund.
     */
    static EventContent canceledOrRefunded(AdyenEvent event) {
        return refunded(event).and(List.of(new Fact.Attempt(event.payment(), AttemptStatus.CANCELED, "")));
    }

    private static EventContent refund(AdyenEvent event, long sequence, RefundStatus status) {
        var amount = event.moved();
        return EventContent.of(sequence, amount, new Fact.Refund(event.psp(), amount, status));
    }
}
