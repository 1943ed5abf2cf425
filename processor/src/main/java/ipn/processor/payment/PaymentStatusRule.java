package ipn.processor.payment;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.BillStatus;

/** Where a payment stands: read off its facts, never stored as a decision. "Unknown" is not "failed". */
public enum PaymentStatusRule {
    UNKNOWN,
    PENDING,
    AUTHORIZED,
    COMPLETED,
    PARTIALLY_REFUNDED,
    REFUNDED,
    FAILED,
    CANCELED,
    EXPIRED;

    /** Money received outranks everything; then a final end of the attempt; then money set aside; then the attempt. */
    public static PaymentStatusRule of(Payment payment) {
        var totals = Totals.of(payment).values();
        var captured = totals.stream().filter(amounts -> amounts.captured() > 0).toList();
        if (!captured.isEmpty()) {
            var all = captured.stream().allMatch(amounts -> amounts.refunded() >= amounts.captured());
            var none = captured.stream().allMatch(amounts -> amounts.refunded() == 0);
            return all ? REFUNDED : none ? COMPLETED : PARTIALLY_REFUNDED;
        }
        var attempt = attempt(payment);
        if (attempt == CANCELED || attempt == EXPIRED) {
            return attempt;
        }
        if (totals.stream().anyMatch(amounts -> amounts.authorised() > 0)) {
            return AUTHORIZED;
        }
        return attempt != UNKNOWN ? attempt : bill(payment);
    }

    private static PaymentStatusRule attempt(Payment payment) {
        return new PaymentView(payment)
                .attempt()
                .map(known -> of(((Fact.Attempt) known.fact()).status()))
                .orElse(UNKNOWN);
    }

    private static PaymentStatusRule of(AttemptStatus attempt) {
        return switch (attempt) {
            case PENDING -> PENDING;
            case FAILED -> FAILED;
            case CANCELED -> CANCELED;
            case EXPIRED -> EXPIRED;
        };
    }

    /** An invoice's money is counted at its payment; its own status is what the bill says. */
    private static PaymentStatusRule bill(Payment payment) {
        return new PaymentView(payment)
                .bill()
                .map(known -> of(((Fact.Bill) known.fact()).status()))
                .orElse(UNKNOWN);
    }

    private static PaymentStatusRule of(BillStatus bill) {
        return switch (bill) {
            case OPEN -> PENDING;
            case PAID -> COMPLETED;
            case FAILED -> FAILED;
            case VOID -> CANCELED;
            case UNCOLLECTIBLE -> EXPIRED;
        };
    }
}
