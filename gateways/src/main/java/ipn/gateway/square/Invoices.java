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
 * Reads {@code invoice.*} events: the amounts due and paid, for a subscription or once. The payments that name the same
 * order contain the money itself. An invoice contains no period; the product's interval determines it.
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

    /** Sums an amount over the payment requests of the invoice, of which there may be several. */
    private static Money sum(SquareEvent event, String name) {
        var parts = event.at("payment_requests").required().elements().stream()
                .map(request -> SquareEvent.money(request.at(name)))
                .toList();
        var requests = event.at("payment_requests");
        if (parts.stream().map(Money::currency).distinct().count() != 1) {
            throw new RefusedException(
                    Reason.MALFORMED, requests.pointer() + ": no payment request, or requests in several currencies");
        }
        return new Money(
                parts.stream().mapToLong(Money::minorUnits).sum(), parts.get(0).currency());
    }

    /** The title as SKU: an invoice has no other field that names the product. */
    private static List<Fact> title(SquareEvent event) {
        return event.at("title").word(TITLE_LENGTH_MAX).stream()
                .map(title -> (Fact) new Fact.Sku(title))
                .toList();
    }

    private static InvoiceStatus status(JsonField status) {
        return switch (status.glance().orElse("")) {
            case "DRAFT", "UNPAID", "SCHEDULED", "PARTIALLY_PAID", "PAYMENT_PENDING" -> InvoiceStatus.OPEN;
            // the payment contains the refunded amount
            case "PAID", "PARTIALLY_REFUNDED" -> InvoiceStatus.PAID;
            // no part of the invoice remains paid, whether its payment is known or not
            case "REFUNDED", "CANCELED", "FAILED" -> InvoiceStatus.VOID;
            default -> throw Unknown.status(status);
        };
    }
}
