package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.Link;
import ipn.fact.Fact.LinkKind;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code invoice.*} events. Before the API versions of 2025 the invoice names its subscription and its payment at
 * the top level. Since then the subscription is under {@code parent}, and the payment is in a separate event.
 */
final class Invoices {
    private Invoices() {}

    static EventContent open(StripeEvent event) {
        return content(event, InvoiceStatus.OPEN);
    }

    static EventContent paid(StripeEvent event) {
        return content(event, InvoiceStatus.PAID);
    }

    static EventContent failed(StripeEvent event) {
        return content(event, InvoiceStatus.FAILED);
    }

    static EventContent uncollectible(StripeEvent event) {
        return content(event, InvoiceStatus.UNCOLLECTIBLE);
    }

    static EventContent voided(StripeEvent event) {
        return content(event, InvoiceStatus.VOID);
    }

    private static EventContent content(StripeEvent event, InvoiceStatus status) {
        var lines = new InvoiceLines(event);
        var due = event.money("amount_due");
        var paid = event.money("amount_paid");
        var period = lines.period();
        var amounts = new Fact.Invoice(
                event.id("id"),
                status,
                subscription(event).map(event::key),
                due,
                paid,
                period.map(InvoiceLines.Period::from),
                period.map(InvoiceLines.Period::until));
        var invoice = InvoiceBreakdown.read(event, lines).map(amounts::with).orElse(amounts);
        return EventContent.of(Ranks.of(status), status == InvoiceStatus.PAID ? paid : due, invoice)
                .and(payments(event))
                .and(references(event, lines))
                .and(Skus.of(lines.bought()));
    }

    private static Optional<String> subscription(StripeEvent event) {
        return details(event)
                .at("subscription")
                .reference()
                .or(() -> event.at("subscription").reference());
    }

    private static JsonField details(StripeEvent event) {
        return event.at("parent").at("subscription_details");
    }

    private static List<Fact> payments(StripeEvent event) {
        var old = event.at("payment_intent")
                .reference()
                .or(() -> event.at("charge").reference());
        return old.stream()
                .map(payment -> (Fact) new Link(LinkKind.PAID_BY, event.key(payment)))
                .toList();
    }

    private static List<Fact> references(StripeEvent event, InvoiceLines lines) {
        var places = new ArrayList<JsonField>();
        places.add(event.at("metadata"));
        places.add(details(event).at("metadata"));
        places.add(event.at("subscription_details").at("metadata"));
        lines.bought().forEach(line -> places.add(line.at("metadata")));
        return event.references().in(places);
    }
}
