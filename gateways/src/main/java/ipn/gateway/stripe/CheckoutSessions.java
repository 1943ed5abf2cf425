package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import ipn.gateway.content.Unknown;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code checkout.session.*} events. In payment mode a paid session contains the same fact as its payment intent.
 * In subscription mode the invoice contains the paid amount and period, and often only the session identifies the
 * buyer.
 */
final class CheckoutSessions {
    private CheckoutSessions() {}

    static EventContent completed(StripeEvent event) {
        var references = references(event);
        if (!event.at("mode").required().glance().equals(Optional.of("payment"))) {
            return new EventContent(0, Optional.empty(), references);
        }
        var status = event.at("payment_status").required();
        return switch (status.glance().orElse("")) {
            case "paid" -> captured(event).and(references);
            case "unpaid" -> attempt(event, AttemptStatus.PENDING).and(references);
            case "no_payment_required" -> new EventContent(0, Optional.empty(), references);
            default -> throw Unknown.status(status);
        };
    }

    static EventContent failed(StripeEvent event) {
        return attempt(event, AttemptStatus.FAILED).and(references(event));
    }

    static EventContent expired(StripeEvent event) {
        return attempt(event, AttemptStatus.ABANDONED).and(references(event));
    }

    private static EventContent captured(StripeEvent event) {
        var amount = event.money("amount_total");
        return EventContent.of(
                amount.minorUnits(), amount, new Fact.Captured(paymentId(event), amount, Optional.empty()));
    }

    private static EventContent attempt(StripeEvent event, AttemptStatus status) {
        return Attempts.content(paymentId(event), status, "");
    }

    private static String paymentId(StripeEvent event) {
        var unused = event.id("id");
        return StripeKeys.paymentId(event.type(), event.object()).orElseThrow();
    }

    private static List<Fact> references(StripeEvent event) {
        var found = event.metadata();
        var client = event.at("client_reference_id");
        if (client.isPresent() && found.stream().noneMatch(fact -> fact.id().equals(ReferenceName.SUBJECT.key()))) {
            return new EventContent(0, Optional.empty(), found)
                    .and(List.of(References.reference(ReferenceName.SUBJECT, client)))
                    .facts();
        }
        return found;
    }
}
