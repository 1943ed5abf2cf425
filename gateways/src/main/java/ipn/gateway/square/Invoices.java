package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Unknown;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Events {@code invoice.*}: what is asked for and what has been paid of it, for a subscription or once. The money itself is
 * told by its payments, which name the same order. An invoice names no period: the product's interval decides.
 */
final class Invoices {
    private static final int TITLE_LENGTH_MAX = 200;

    private Invoices() {}

    static EventContent snapshot(SquareEvent event) {
        return content(event, status(event.at("status").required()));
    }

    static EventContent failed(SquareEvent event) {
        return content(event, InvoiceStatus.FAILED);
    }

    private static EventContent content(SquareEvent event, InvoiceStatus status) {
        var due = sum(event, "computed_amount_money");
        var paid = sum(event, "total_completed_amount_money");
        var invoice = new Fact.Invoice(
                event.id("id"),
                status,
                event.at("subscription_id").id().map(event::key),
                due,
                paid,
                Optional.empty(),
                Optional.empty());
        return EventContent.of(event.sequence(Ranks.of(status)), status == InvoiceStatus.PAID ? paid : due, invoice)
                .and(event.words().customer(event.at("primary_recipient").at("customer_id")))
                .and(title(event));
    }

    /** An invoice may be paid in parts, each asked for on its own. */
    private static Money sum(SquareEvent event, String name) {
        var parts = event.at("payment_requests").required().elements().stream()
                .map(request -> SquareEvent.money(request.at(name)))
                .toList();
        var requests = event.at("payment_requests");
        if (parts.stream().map(Money::currency).distinct().count() != 1) {
            throw new RefusedException(
                    Reason.MALFORMED, requests.pointer() + ": nothing is asked for, or in several currencies");
        }
        return new Money(
                parts.stream().mapToLong(Money::minorUnits).sum(), parts.get(0).currency());
    }

    /** The only place where an invoice says what it is for. */
    private static List<Fact> title(SquareEvent event) {
        return event.at("title").word(TITLE_LENGTH_MAX).stream()
                .map(title -> (Fact) new Fact.Sku(title))
                .toList();
    }

    private static InvoiceStatus status(JsonField status) {
        return switch (status.glance().orElse("")) {
            case "DRAFT", "UNPAID", "SCHEDULED", "PARTIALLY_PAID", "PAYMENT_PENDING" -> InvoiceStatus.OPEN;
            // how much of it went back is told by the payment
            case "PAID", "PARTIALLY_REFUNDED" -> InvoiceStatus.PAID;
            // nothing of it is paid any more, known payment or not
            case "REFUNDED", "CANCELED", "FAILED" -> InvoiceStatus.VOID;
            default -> throw Unknown.status(status);
        };
    }
}
