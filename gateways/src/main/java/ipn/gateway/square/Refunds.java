package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;

/** Reads {@code refund.*} events; the object is a snapshot of one refund. */
final class Refunds {
    private Refunds() {}

    static EventContent snapshot(SquareEvent event) {
        var status = status(event.at("status").required());
        var amount = event.money("amount_money");
        return EventContent.of(
                event.sequence(Ranks.of(status)), amount, new Fact.Refund(event.id("id"), amount, status));
    }

    private static RefundStatus status(JsonField status) {
        return switch (status.glance().orElse("")) {
            case "PENDING" -> RefundStatus.PENDING;
            case "COMPLETED" -> RefundStatus.SUCCEEDED;
            case "REJECTED" -> RefundStatus.CANCELED;
            case "FAILED" -> RefundStatus.FAILED;
            default -> throw Unknown.status(status);
        };
    }
}
