package ipn.operations.reconcile.match;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.List;

/** The payments of an account by the id at the end of their keys, with the sums of their refunds in minor units. */
final class PaymentTable {
    private final KeyTable ids = new KeyTable();
    /** The total that the gateway sends; 0 if it sends none. */
    private final LongArrayList refundTotal = new LongArrayList();
    /** Refunds that payment state has one by one. */
    private final LongArrayList refundsInState = new LongArrayList();
    /** Refunds that only the report has. */
    private final LongArrayList refundsInReportOnly = new LongArrayList();

    private final LongArrayList inState = new LongArrayList();

    /** Adds a payment that payment state has. A newer state replaces the sums of the older one. */
    int putState(String id) {
        var payment = add(id);
        refundTotal.set(payment, 0);
        refundsInState.set(payment, 0);
        refundsInReportOnly.set(payment, 0);
        inState.set(payment, 1);
        return payment;
    }

    void removeState(String id) {
        var payment = ids.find(id);
        if (payment >= 0) {
            inState.set(payment, 0);
        }
    }

    /** The number of a payment; one that is new is not in payment state. */
    int add(String id) {
        var before = ids.size();
        var payment = ids.add(id);
        if (payment == before) {
            for (var column : List.of(refundTotal, refundsInState, refundsInReportOnly, inState)) {
                column.add(0);
            }
        }
        return payment;
    }

    boolean isInState(int payment) {
        return inState.getLong(payment) != 0;
    }

    String id(int payment) {
        return ids.get(payment);
    }

    void addRefundTotal(int payment, long amount) {
        increase(refundTotal, payment, amount);
    }

    void addRefundInState(int payment, long amount) {
        increase(refundsInState, payment, amount);
    }

    void addRefundInReportOnly(int payment, long amount) {
        increase(refundsInReportOnly, payment, amount);
    }

    /** Whether the gateway's total contains the refunds that only the report has. */
    boolean totalCoversReport(int payment) {
        var total = refundTotal.getLong(payment);
        return total > 0
                && Math.addExact(refundsInState.getLong(payment), refundsInReportOnly.getLong(payment)) <= total;
    }

    private static void increase(LongArrayList column, int payment, long amount) {
        column.set(payment, Math.addExact(column.getLong(payment), amount));
    }
}
