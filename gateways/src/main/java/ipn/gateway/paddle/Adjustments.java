package ipn.gateway.paddle;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.RefundLine;
import ipn.fact.Fact.RefundLines;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code adjustment.*} events; the entity is a snapshot of the adjustment. Only an adjustment that Paddle has
 * approved moves money. A reversal names only the transaction, not the adjustment it reverses. All chargebacks of a
 * transaction are therefore one dispute, and all its warnings are one fraud flag.
 */
final class Adjustments {
    private Adjustments() {}

    static EventContent snapshot(PaddleEvent event) {
        return switch (event.at("action").required().glance().orElse("")) {
            case "refund" -> refund(event);
            case "chargeback" -> chargeback(event);
            case "chargeback_reverse" -> approved(event) ? reversed(event) : EventContent.NOTHING;
            case "chargeback_warning" -> approved(event) ? warning(event, !isReversed(event)) : EventContent.NOTHING;
            case "chargeback_warning_reverse" -> approved(event) ? warning(event, false) : EventContent.NOTHING;
            // changes the customer's balance at Paddle and refunds no money
            case "credit", "credit_reverse" -> EventContent.NOTHING;
            default -> throw event.unknown("action");
        };
    }

    private static EventContent refund(PaddleEvent event) {
        if (!approved(event) && !isRejected(event)) {
            return EventContent.NOTHING;
        }
        var amount = event.money(event.at("totals").at("total"));
        var status = isRejected(event)
                ? RefundStatus.CANCELED
                : isReversed(event) ? RefundStatus.FAILED : RefundStatus.SUCCEEDED;
        var refund = new Fact.Refund(event.id("id"), amount, status);
        return EventContent.of(Ranks.of(status), amount, refund).and(lines(event, refund.id()));
    }

    /** What was refunded of each item of the transaction, with its tax. */
    private static List<Fact> lines(PaddleEvent event, String refund) {
        var lines = new ArrayList<RefundLine>();
        try {
            for (var item : event.at("items").elements()) {
                var total = item.at("totals").at("total");
                var amount = event.money(total.isPresent() ? total : item.at("amount"));
                item.at("item_id")
                        .id()
                        .filter(id -> amount.minorUnits() > 0)
                        .ifPresent(id -> lines.add(new RefundLine(id, amount.minorUnits())));
            }
        } catch (RefusedException e) {
            // an item that makes no sense never keeps the refund itself out
            return List.of();
        }
        return lines.isEmpty() ? List.of() : List.of(new RefundLines(refund, lines));
    }

    private static EventContent chargeback(PaddleEvent event) {
        if (!approved(event)) {
            return EventContent.NOTHING;
        }
        return isReversed(event) ? reversed(event) : dispute(event, DisputeStatus.OPEN, DisputeMovement.WITHDRAWN);
    }

    private static EventContent reversed(PaddleEvent event) {
        return dispute(event, DisputeStatus.WON, DisputeMovement.REINSTATED);
    }

    private static EventContent dispute(PaddleEvent event, DisputeStatus status, DisputeMovement movement) {
        var id = event.id("transaction_id");
        var amount = event.money(event.at("totals").at("total"));
        var reason = event.at("reason").code();
        return EventContent.of(Ranks.of(status), amount, new Fact.Dispute(id, Optional.of(amount), status, reason))
                .and(List.of(new Fact.DisputeFunds(id, amount, movement)));
    }

    private static EventContent warning(PaddleEvent event, boolean raised) {
        return EventContent.of(
                raised ? 1 : 2,
                new Fact.FraudFlag(
                        event.id("transaction_id"), raised, event.at("reason").code()));
    }

    /** True where the adjustment was approved, even if it was reversed later. */
    private static boolean approved(PaddleEvent event) {
        return switch (event.at("status").required().glance().orElse("")) {
            case "approved", "reversed" -> true;
            case "pending_approval", "rejected" -> false;
            default -> throw event.unknown("status");
        };
    }

    private static boolean isRejected(PaddleEvent event) {
        return event.at("status").glance().equals(Optional.of("rejected"));
    }

    private static boolean isReversed(PaddleEvent event) {
        return event.at("status").glance().equals(Optional.of("reversed"));
    }
}
