package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.LinkKind;
import ipn.gateway.EventContent;

/** Reads {@code invoice_payment.paid}: since 2025 the only event that links a payment to the invoice it pays. */
final class InvoicePayments {
    private InvoicePayments() {}

    static EventContent paid(StripeEvent event) {
        return EventContent.of(
                0, event.money("amount_paid"), new Fact.Link(LinkKind.PAYS, event.key(event.id("invoice"))));
    }
}
