package ipn.gateway.mollie;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A snapshot of a payment, fetched or embedded in an event, with its refunds and chargebacks. */
final class Payments {
    private static final List<String> TIMES =
            List.of("createdAt", "authorizedAt", "paidAt", "failedAt", "canceledAt", "expiredAt");

    static final int DESCRIPTION_LENGTH_MAX = 200;

    private Payments() {}

    static EventContent snapshot(MollieObject payment) {
        var amount = payment.money("amount");
        var facts = new ArrayList<Fact>(status(payment, amount));
        facts.addAll(givenBack(payment));
        facts.addAll(invoice(payment, amount));
        facts.addAll(payment.metadata());
        facts.addAll(description(payment));
        return new EventContent(Progress.of(payment.object()), Optional.of(amount), facts);
    }

    /** The newest time in the payment. */
    static Instant newest(MollieObject payment) {
        var unused = payment.at("createdAt").required();
        var embedded = payment.at("_embedded");
        var parts = Stream.concat(
                        embedded.at("refunds").elements().stream(), embedded.at("chargebacks").elements().stream())
                .map(payment::part)
                .flatMap(part -> Stream.concat(part.time("createdAt").stream(), part.time("reversedAt").stream()));
        return Stream.concat(parts, TIMES.stream().flatMap(name -> payment.time(name).stream()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static List<Fact> status(MollieObject payment, Money amount) {
        var id = payment.id("id");
        return switch (payment.at("status").required().glance().orElse("")) {
            case "open", "pending" -> List.of(new Fact.Attempt(id, AttemptStatus.PENDING, ""));
            case "authorized" -> authorized(payment, amount);
            case "paid" -> List.of(captured(payment, amount));
            case "failed" -> List.of(new Fact.Attempt(id, AttemptStatus.FAILED, failure(payment)));
            case "canceled" -> List.of(new Fact.Attempt(id, AttemptStatus.CANCELED, ""));
            case "expired" -> List.of(new Fact.Attempt(id, AttemptStatus.EXPIRED, ""));
            default -> throw payment.unknown("status");
        };
    }

    /** A part may be captured already. */
    private static List<Fact> authorized(MollieObject payment, Money amount) {
        var authorized = new Fact.Authorized(payment.id("id"), amount);
        return payment.optionalMoney("amountCaptured")
                .filter(money -> money.minorUnits() > 0)
                .<List<Fact>>map(money -> List.of(authorized, captured(payment, amount)))
                .orElseGet(() -> List.of(authorized));
    }

    /** Less than was authorized may have been captured. Mollie's fee is on its invoice, not on the payment. */
    private static Fact.Captured captured(MollieObject payment, Money amount) {
        var captured = payment.optionalMoney("amountCaptured").filter(money -> money.minorUnits() > 0);
        return new Fact.Captured(payment.id("id"), captured.orElse(amount), Optional.empty());
    }

    private static String failure(MollieObject payment) {
        return payment.at("details").at("failureReason").code();
    }

    /** Each refund and chargeback if they are listed; else the refunded total without its parts. */
    private static List<Fact> givenBack(MollieObject payment) {
        var facts = new ArrayList<Fact>();
        var refunds = payment.at("_embedded").at("refunds");
        if (refunds.isPresent()) {
            refunds.elements().forEach(refund -> facts.addAll(Refunds.facts(payment.part(refund))));
        } else {
            payment.optionalMoney("amountRefunded")
                    .ifPresent(total -> facts.add(new Fact.RefundTotal(payment.id("id"), total)));
        }
        var chargebacks = payment.at("_embedded").at("chargebacks");
        var total = payment.optionalMoney("amountChargedBack").filter(money -> money.minorUnits() > 0);
        if (total.isPresent() && chargebacks.elements().isEmpty()) {
            throw new RefusedException(
                    Reason.MISSING_FIELD, chargebacks.pointer() + ": none listed, although money was charged back");
        }
        chargebacks.elements().forEach(chargeback -> facts.addAll(Chargebacks.facts(payment.part(chargeback))));
        return facts;
    }

    /**
     * The invoice of a subscription's payment, or of a payment with lines. The payment contains only the subscription's id, not the
     * paid period: the product's interval determines it.
     */
    private static List<Fact> invoice(MollieObject payment, Money amount) {
        var subscription = payment.at("subscriptionId").id().map(payment::key);
        var lines = Lines.breakdown(payment);
        if (subscription.isEmpty() && lines.isEmpty()) {
            return List.of();
        }
        var status = invoiceStatus(payment);
        var paid = status == InvoiceStatus.PAID ? captured(payment, amount).amount() : new Money(0, amount.currency());
        var invoice = new Fact.Invoice(
                payment.id("id"), status, subscription, amount, paid, payment.time("createdAt"), Optional.empty());
        return List.of(lines.map(invoice::with).orElse(invoice));
    }

    private static InvoiceStatus invoiceStatus(MollieObject payment) {
        return switch (payment.at("status").code()) {
            case "paid" -> InvoiceStatus.PAID;
            case "failed", "expired" -> InvoiceStatus.FAILED;
            case "canceled" -> InvoiceStatus.VOID;
            default -> InvoiceStatus.OPEN;
        };
    }

    /** Mollie has no catalogue; a subscription's description is what its payments have in common. */
    private static List<Fact> description(MollieObject payment) {
        return payment.at("description").glance().map(String::strip).stream()
                .filter(text -> !text.isEmpty()
                        && text.length() <= DESCRIPTION_LENGTH_MAX
                        && text.matches("[^\\p{Cntrl}\\p{IsCs}\\u2028\\u2029]*"))
                .map(text -> (Fact) new Fact.Sku(text))
                .toList();
    }
}
