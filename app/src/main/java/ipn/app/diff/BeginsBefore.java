package ipn.app.diff;

import ipn.app.diff.ComparedSides.Mark;
import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.OrderAllocation;
import ipn.avro.Outcome;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.projector.stream.AllocatePayment;
import ipn.projector.stream.EntitlementStore;
import ipn.projector.stream.MatchOrder;
import ipn.topics.TopicCatalogue;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * What cannot be compared because it begins before the raw records that were run again: payments with an event that is not among them, what such
 * payments pay, the orders that they name, and the entitlements that any of these are behind.
 */
final class BeginsBefore {
    private final ComparedSides sides;
    private boolean any;

    BeginsBefore(ComparedSides sides) {
        this.sides = sides;
    }

    /** The events that were run again, from the outcomes of the rebuild. */
    void readEvents(Reading second) {
        second.topic(
                TopicCatalogue.OUTCOMES,
                Outcome.class,
                read -> read.value().ifPresent(outcome -> ran(outcome.getPaymentKey(), outcome.getEventKey())));
    }

    /** An event was run again. */
    void ran(String paymentKey, String eventKey) {
        sides.mark(Mark.EVENT, event(paymentKey, eventKey));
    }

    /**
     * Notes a state of the pipeline.
     *
     * @param isSince whether it was reached after the rebuild began: then nobody knows when the events began that were not run again
     */
    void note(PaymentState state, boolean isSince) {
        var key = state.getPaymentKey();
        var events = Stream.concat(
                state.getEvents().stream().map(event -> event.getEventKey()),
                state.getFacts().stream().map(fact -> fact.getEventKey()));
        if (events.distinct().anyMatch(event -> !sides.isMarked(Mark.EVENT, event(key, event)))) {
            any = true;
            sides.mark(isSince ? Mark.PAYMENT_UNSURE : Mark.PAYMENT_BEFORE, key);
        }
    }

    /** Notes everything that depends on such payments, from the state of the projector. */
    void readDependents(Reading first) {
        if (!any) {
            return;
        }
        // a payment pays an invoice, which may come before it in the topic: again until nothing is added
        var added = new boolean[] {true};
        while (added[0]) {
            added[0] = false;
            first.changelog(
                    AllocatePayment.STORE,
                    PaymentAllocation.class,
                    read -> read.value().ifPresent(allocation -> added[0] |= note(read.key(), allocation)));
        }
        first.changelog(
                MatchOrder.STORE,
                OrderAllocation.class,
                read -> read.value().ifPresent(order -> note(read.key(), order)));
        first.changelog(
                EntitlementStore.STORE,
                EntitlementClaims.class,
                read -> read.value().ifPresent(claims -> note(read.key(), claims)));
    }

    /** @return whether it is one that was not known to begin before */
    boolean note(String paymentKey, PaymentAllocation allocation) {
        return anyBefore(allocation.getPaidBy().keySet()) && sides.mark(Mark.PAYMENT_BEFORE, paymentKey);
    }

    void note(String orderId, OrderAllocation order) {
        if (anyBefore(order.getPayers().keySet())) {
            sides.mark(Mark.ORDER_BEFORE, orderId);
        }
    }

    void note(String entitlement, EntitlementClaims claims) {
        if (claims.getClaims().stream().anyMatch(this::isBehind)) {
            sides.mark(Mark.ENTITLEMENT_BEFORE, entitlement);
        }
    }

    private boolean anyBefore(Collection<String> payments) {
        return payments.stream().anyMatch(this::isPayment);
    }

    private boolean isBehind(Claim claim) {
        return isPayment(claim.getPaymentKey())
                || claim.getSubscription() != null && isPayment(claim.getSubscription())
                || claim.getOrder() != null && sides.isMarked(Mark.ORDER_BEFORE, claim.getOrder());
    }

    private boolean isPayment(String key) {
        return sides.isMarked(Mark.PAYMENT_BEFORE, key) || sides.isMarked(Mark.PAYMENT_UNSURE, key);
    }

    /** Whether a payment key or an order begins before. */
    boolean isKey(String key) {
        return any && (isPayment(key) || sides.isMarked(Mark.ORDER_BEFORE, key));
    }

    private static String event(String paymentKey, String eventKey) {
        return paymentKey + "\n" + eventKey;
    }
}
