package ipn.gateway.paddle;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code transaction.*} events; the entity is a snapshot of the transaction. A transaction that belongs to a
 * subscription or has a billing period is also an invoice, and so is any paid transaction whose lines are known. Its id
 * identifies the payment, the attempts and the invoice.
 */
final class Transactions {
    private Transactions() {}

    /** The progress of a transaction; the order ranks events of the same instant. */
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

    /** The transaction is paid; {@code transaction.completed} may add the fee and the subscription later. */
    static EventContent paid(PaddleEvent event) {
        return content(event, Step.PAID);
    }

    static EventContent completed(PaddleEvent event) {
        return content(event, Step.COMPLETED);
    }

    /** Reads events whose name does not give the transaction's status. */
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

    /** The error code of the latest attempt; Paddle lists the newest attempt first. */
    private static String errorCode(PaddleEvent event) {
        return event.at("payments").elements().stream()
                .limit(1)
                .map(attempt -> attempt.at("error_code").code())
                .findFirst()
                .orElse("");
    }

    private static Optional<Fact> invoice(PaddleEvent event, Step step, Money total) {
        var subscription = event.key("subscription_id");
        var period = Period.in(event, event.at("billing_period"));
        var breakdown = TransactionBreakdown.read(event, subscription.isPresent() || period.isPresent());
        var isOneOff = subscription.isEmpty() && period.isEmpty();
        if (isOneOff && (breakdown.isEmpty() || step.invoice != InvoiceStatus.PAID)) {
            return Optional.empty();
        }
        var paidFor = Stream.concat(period.stream(), breakdown.stream().flatMap(Transactions::charged))
                .max(Comparator.comparing(Period::latest));
        var invoice = new Fact.Invoice(
                event.id("id"),
                step.invoice,
                subscription,
                total,
                step.invoice == InvoiceStatus.PAID ? total : new Money(0, total.currency()),
                paidFor.flatMap(Period::from),
                paidFor.flatMap(Period::until));
        return Optional.of(breakdown.map(invoice::with).orElse(invoice));
    }

    /** The periods of the lines that charge an amount; a credit pays for none. */
    private static Stream<Period> charged(Fact.Breakdown breakdown) {
        return breakdown.lines().stream()
                .filter(line -> line.amount() >= 0 && line.until().isPresent())
                .map(line -> new Period(line.from(), line.until()));
    }
}
