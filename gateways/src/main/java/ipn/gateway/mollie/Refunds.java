package ipn.gateway.mollie;

import ipn.fact.Fact;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import java.util.List;
import java.util.Optional;

/** Refunds. Until one is refunded it can still be canceled, so no money has been returned. */
final class Refunds {
    private Refunds() {}

    static EventContent snapshot(MollieObject refund) {
        var facts = facts(refund);
        return new EventContent(
                Progress.refundRank(refund.at("status").code()), Optional.of(refund.money("amount")), facts);
    }

    static List<Fact> facts(MollieObject refund) {
        return switch (refund.at("status").required().glance().orElse("")) {
            case "queued", "pending", "processing" -> List.of();
            case "refunded" -> fact(refund, RefundStatus.SUCCEEDED);
            case "failed" -> fact(refund, RefundStatus.FAILED);
            case "canceled" -> fact(refund, RefundStatus.CANCELED);
            default -> throw refund.unknown("status");
        };
    }

    private static List<Fact> fact(MollieObject refund, RefundStatus status) {
        return List.of(new Fact.Refund(refund.id("id"), refund.money("amount"), status));
    }
}
