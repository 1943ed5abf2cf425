package ipn.operations.reconcile.match;

import java.util.List;

/** The payments of an account, by the last part of their keys. */
final class PaymentTable {
    private final KeyTable keys = new KeyTable();
    /** Given back in all, as the gateway adds it up; 0 where it does not. */
    private final LongColumn refundTotal = new LongColumn();

    private final LongColumn refundsKnown = new LongColumn();
    private final LongColumn refundsUnknown = new LongColumn();
    private final LongColumn kept = new LongColumn();

    /** A newer state of a payment: what was added up of the older one counts no more. */
    int note(String tail) {
        var payment = keys.add(tail);
        refundTotal.set(payment, 0);
        refundsKnown.set(payment, 0);
        refundsUnknown.set(payment, 0);
        kept.set(payment, 1);
        return payment;
    }

    void forget(String tail) {
        var payment = keys.find(tail);
        if (payment >= 0) {
            kept.set(payment, 0);
        }
    }

    /** The number of a payment that the report names; a new one is not kept. */
    int named(String tail) {
        var before = keys.size();
        var payment = keys.add(tail);
        if (payment == before) {
            for (var column : List.of(refundTotal, refundsKnown, refundsUnknown, kept)) {
                column.set(payment, 0);
            }
        }
        return payment;
    }

    boolean isKept(int payment) {
        return kept.get(payment) != 0;
    }

    String tail(int payment) {
        return keys.text(payment);
    }

    void addTotal(int payment, long amount) {
        refundTotal.set(payment, Math.addExact(refundTotal.get(payment), amount));
    }

    void addRefund(int payment, long amount) {
        refundsKnown.set(payment, Math.addExact(refundsKnown.get(payment), amount));
    }

    /** A refund that the report names and no notification did. */
    void addUnknownRefund(int payment, long amount) {
        refundsUnknown.set(payment, Math.addExact(refundsUnknown.get(payment), amount));
    }

    /** Whether the gateway's total already has the refunds that were not told one by one. */
    boolean totalCoversUnknown(int payment) {
        return refundTotal.get(payment) > 0
                && Math.addExact(refundsKnown.get(payment), refundsUnknown.get(payment)) <= refundTotal.get(payment);
    }
}
