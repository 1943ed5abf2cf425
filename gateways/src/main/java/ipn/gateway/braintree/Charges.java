package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events that report whether a subscription period was paid. The newest transaction is the attempt for that period. */
final class Charges {
    private Charges() {}

    static EventContent succeeded(BraintreeEvent event) {
        var charge = charge(event);
        var amount = BraintreeEvent.money(charge);
        var amounts = invoice(
                event, BraintreeEvent.id(charge.at("id")), InvoiceStatus.PAID, amount, from(event), until(event));
        var invoice = with(
                amounts,
                SubscriptionBreakdown.ofCharge(
                        event, charge, SubscriptionBreakdown.reason(event), from(event), until(event)));
        return Transactions.snapshot(charge)
                .and(List.of(invoice))
                .and(event.words(charge))
                .and(plan(event));
    }

    /** The unpaid period begins where the paid period ends. */
    static EventContent failed(BraintreeEvent event) {
        if (event.subject().newestTransaction().isEmpty()) {
            return Subscriptions.pastDue(event);
        }
        var charge = charge(event);
        var amount = BraintreeEvent.money(charge);
        var amounts = invoice(
                event,
                BraintreeEvent.id(charge.at("id")),
                InvoiceStatus.FAILED,
                amount,
                until(event),
                Optional.empty());
        // whether a failed charge begins a billing cycle is unknown
        var invoice = with(
                amounts,
                SubscriptionBreakdown.ofCharge(event, charge, InvoiceReason.OTHER, until(event), Optional.empty()));
        return Transactions.snapshot(charge)
                .and(List.of(invoice))
                .and(event.words(charge))
                .and(plan(event));
    }

    /** The balance covered the period, so there is no transaction: access continues and no money moves. */
    static EventContent skipped(BraintreeEvent event) {
        var period = event.subject().skippedPeriod();
        if (period.isEmpty()) {
            return Subscriptions.active(event);
        }
        var earlier = charge(event);
        var currency = earlier.at("currency-iso-code");
        var amount = BraintreeEvent.money(event.entity().at("price"), currency);
        var breakdown = SubscriptionBreakdown.ofSkipped(
                event, currency, SubscriptionBreakdown.reason(event), from(event), until(event));
        var due = breakdown.isPresent() ? new Money(0, amount.currency()) : amount;
        var invoice = invoice(event, period.get(), InvoiceStatus.PAID, due, from(event), until(event));
        return EventContent.of(1, amount, with(invoice, breakdown))
                .and(event.words(earlier))
                .and(plan(event));
    }

    /** A subscription transaction whose money was not received. */
    static List<Fact> unpaid(BraintreeEvent event, JsonField transaction) {
        var amount = BraintreeEvent.money(transaction);
        return BraintreeEvent.optionalId(transaction.at("subscription-id")).stream()
                .map(subscription -> (Fact) new Fact.Invoice(
                        BraintreeEvent.id(transaction.at("id")),
                        InvoiceStatus.FAILED,
                        Optional.of(event.key(subscription)),
                        amount,
                        new Money(0, amount.currency()),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }

    /** The plan id, as the SKU. */
    static List<Fact> plan(BraintreeEvent event) {
        var facts = new ArrayList<Fact>();
        BraintreeEvent.optionalId(event.entity().at("plan-id")).ifPresent(plan -> facts.add(new Fact.Sku(plan)));
        return facts;
    }

    private static JsonField charge(BraintreeEvent event) {
        return event.subject()
                .newestTransaction()
                .orElseThrow(() -> new RefusedException(
                        Reason.MISSING_FIELD, event.entity().pointer() + "/transactions: has no transaction"));
    }

    private static Fact with(Fact.Invoice invoice, Optional<Fact.Breakdown> breakdown) {
        return breakdown.map(invoice::with).orElse(invoice);
    }

    private static Fact.Invoice invoice(
            BraintreeEvent event,
            String id,
            InvoiceStatus status,
            Money amount,
            Optional<Instant> from,
            Optional<Instant> until) {
        var subscription = event.key(BraintreeEvent.id(event.entity().at("id")));
        var paid = status == InvoiceStatus.PAID ? amount : new Money(0, amount.currency());
        return new Fact.Invoice(id, status, Optional.of(subscription), amount, paid, from, until);
    }

    private static Optional<Instant> from(BraintreeEvent event) {
        return event.beginning(event.entity().at("billing-period-start-date"));
    }

    static Optional<Instant> until(BraintreeEvent event) {
        return event.end(event.entity().at("paid-through-date"))
                .or(() -> event.end(event.entity().at("billing-period-end-date")));
    }
}
