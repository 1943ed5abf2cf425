package ipn.gateway.paddle;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Events {@code transaction.*}; the entity is the transaction as it stands. One of a subscription, or for a period, is an invoice
 * as well: its own id names the payment, the attempts, and the invoice.
 */
final class Transactions {
    private Transactions() {}

    /** How far a transaction came, and the rank of that among the events of one instant. */
    private enum Step {
        PENDING(InvoiceStatus.OPEN),
        ATTEMPT_FAILED(InvoiceStatus.FAILED),
        PAST_DUE(InvoiceStatus.FAILED),
        CANCELED(InvoiceStatus.VOID),
        PAID(InvoiceStatus.PAID),
        COMPLETED(InvoiceStatus.PAID);

        private final InvoiceStatus invoice;

        Step(InvoiceStatus invoice) {
            this.invoice = invoice;
        }
    }

    static EventContent pending(PaddleEvent event) {
        return content(event, Step.PENDING);
    }

    static EventContent failed(PaddleEvent event) {
        return content(event, Step.ATTEMPT_FAILED);
    }

    static EventContent pastDue(PaddleEvent event) {
        return content(event, Step.PAST_DUE);
    }

    static EventContent canceled(PaddleEvent event) {
        return content(event, Step.CANCELED);
    }

    /** The money is there; fee and subscription may follow with {@code transaction.completed}. */
    static EventContent paid(PaddleEvent event) {
        return content(event, Step.PAID);
    }

    static EventContent completed(PaddleEvent event) {
        return content(event, Step.COMPLETED);
    }

    /** Events whose name does not say how the transaction stands. */
    static EventContent snapshot(PaddleEvent event) {
        var status = event.at("status").required().glance().orElse("");
        var step = switch (status) {
            case "draft", "ready", "billed" -> Step.PENDING;
            case "past_due" -> Step.PAST_DUE;
            case "canceled" -> Step.CANCELED;
            case "paid" -> Step.PAID;
            case "completed" -> Step.COMPLETED;
            default -> throw event.unknown("status");
        };
        return content(event, step);
    }

    private static EventContent content(PaddleEvent event, Step step) {
        var totals = event.at("details").at("totals");
        var total = event.money(totals.at("grand_total"));
        var facts = new ArrayList<Fact>();
        facts.add(step.invoice == InvoiceStatus.PAID ? captured(event, total) : attempt(event, step));
        invoice(event, step, total).ifPresent(facts::add);
        return new EventContent(step.ordinal() + 1, Optional.of(total), facts)
                .and(event.customData())
                .and(event.skus());
    }

    private static Fact captured(PaddleEvent event, Money total) {
        var fee = event.at("details").at("totals").at("fee");
        return new Fact.Captured(
                event.id("id"), total, fee.isPresent() ? Optional.of(event.money(fee)) : Optional.empty());
    }

    private static Fact attempt(PaddleEvent event, Step step) {
        return switch (step) {
            case ATTEMPT_FAILED -> new Fact.Attempt(event.id("id"), AttemptStatus.FAILED, errorCode(event));
            case PAST_DUE -> new Fact.Attempt(event.id("id"), AttemptStatus.FAILED, "past_due");
            case CANCELED -> new Fact.Attempt(event.id("id"), AttemptStatus.CANCELED, "");
            default -> new Fact.Attempt(event.id("id"), AttemptStatus.PENDING, "");
        };
    }

    /** Attempts stand newest first. */
    private static String errorCode(PaddleEvent event) {
        return event.at("payments").elements().stream()
                .limit(1)
                .map(attempt -> attempt.at("error_code").code())
                .findFirst()
                .orElse("");
    }

    private static Optional<Fact> invoice(PaddleEvent event, Step step, Money total) {
        var subscription = event.key("subscription_id");
        var period = event.at("billing_period");
        if (subscription.isEmpty() && !period.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Fact.Invoice(
                event.id("id"),
                step.invoice,
                subscription,
                total,
                step.invoice == InvoiceStatus.PAID ? total : new Money(0, total.currency()),
                event.planned(period.at("starts_at")),
                event.planned(period.at("ends_at"))));
    }
}
