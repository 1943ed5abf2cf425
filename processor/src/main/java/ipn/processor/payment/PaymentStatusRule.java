package ipn.processor.payment;

import ipn.avro.PaymentStatus;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import java.util.List;

/** The status of a payment: derived from its facts, never stored as a decision. "Unknown" is not "failed". */
public final class PaymentStatusRule {
    private PaymentStatusRule() {}

    /** Money received outranks everything; then a final end of the attempt; then an authorization; then the attempt. */
    public static PaymentStatus derive(Payment payment) {
        var totals = Totals.of(payment).values();
        var captured = totals.stream().filter(amounts -> amounts.captured() > 0).toList();
        if (!captured.isEmpty()) {
            return received(captured);
        }
        var attempt = attempt(payment);
        var authorized = totals.stream().anyMatch(amounts -> amounts.authorized() > 0);
        if (authorized && isAbandoned(payment)) {
            return PaymentStatus.AUTHORIZED;
        }
        if (attempt == PaymentStatus.CANCELED || attempt == PaymentStatus.EXPIRED) {
            return attempt;
        }
        if (authorized) {
            return PaymentStatus.AUTHORIZED;
        }
        return attempt != PaymentStatus.UNKNOWN ? attempt : invoice(payment);
    }

    private static PaymentStatus received(List<Totals> captured) {
        if (captured.stream().allMatch(amounts -> amounts.refunded() >= amounts.captured())) {
            return PaymentStatus.REFUNDED;
        }
        return captured.stream().allMatch(amounts -> amounts.refunded() == 0)
                ? PaymentStatus.COMPLETED
                : PaymentStatus.PARTIALLY_REFUNDED;
    }

    private static boolean isAbandoned(Payment payment) {
        return new PaymentView(payment)
                .attempt()
                .filter(known -> ((Fact.Attempt) known.fact()).status() == AttemptStatus.ABANDONED)
                .isPresent();
    }

    private static PaymentStatus attempt(Payment payment) {
        return new PaymentView(payment)
                .attempt()
                .map(known -> attempt(((Fact.Attempt) known.fact()).status()))
                .orElse(PaymentStatus.UNKNOWN);
    }

    private static PaymentStatus attempt(AttemptStatus attempt) {
        return switch (attempt) {
            case PENDING -> PaymentStatus.PENDING;
            case FAILED -> PaymentStatus.FAILED;
            case CANCELED -> PaymentStatus.CANCELED;
            case EXPIRED, ABANDONED -> PaymentStatus.EXPIRED;
        };
    }

    /** The money of an invoice is counted at its payment; where there is none, the invoice's own status holds. */
    private static PaymentStatus invoice(Payment payment) {
        return new PaymentView(payment)
                .latestInvoice()
                .map(known -> (Fact.Invoice) known.fact())
                .map(latest -> latest.status() == InvoiceStatus.PAID
                                && new Invoices(payment).get(latest.id()).isFullyRefunded()
                        ? PaymentStatus.REFUNDED
                        : invoice(latest.status()))
                .orElse(PaymentStatus.UNKNOWN);
    }

    private static PaymentStatus invoice(InvoiceStatus invoice) {
        return switch (invoice) {
            case OPEN -> PaymentStatus.PENDING;
            case PAID -> PaymentStatus.COMPLETED;
            case FAILED -> PaymentStatus.FAILED;
            case VOID -> PaymentStatus.CANCELED;
            case UNCOLLECTIBLE -> PaymentStatus.EXPIRED;
        };
    }
}
