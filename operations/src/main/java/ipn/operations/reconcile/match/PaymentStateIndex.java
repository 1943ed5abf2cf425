package ipn.operations.reconcile.match;

import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.gateway.AccountId;
import ipn.operations.reconcile.report.LineKind.FactClass;
import java.util.Objects;

/** Payment state's side of the table: records in the order of the topic, so that the newest of a key is what stays. */
final class PaymentStateIndex {
    private final AccountId account;
    private final FactTable facts;
    private final PaymentTable payments;

    PaymentStateIndex(AccountId account, FactTable facts, PaymentTable payments) {
        this.account = account;
        this.facts = facts;
        this.payments = payments;
    }

    /** What a payment key must begin with. */
    String prefix() {
        return account.key("");
    }

    /** A payment that is not kept any more. */
    void gone(String paymentKey) {
        payments.forget(tail(paymentKey));
    }

    void note(PaymentState state) {
        var payment = payments.note(tail(state.getPaymentKey()));
        for (var row : state.getFacts()) {
            switch (row.getKind()) {
                case CAPTURED -> captured(payment, row);
                case REFUND -> refund(payment, row);
                case REFUND_TOTAL -> payments.addTotal(payment, amount(row));
                case DISPUTE -> dispute(payment, row);
                default -> {} // tells of no money that moved
            }
        }
    }

    private void captured(int payment, FactRow row) {
        var fact = ours(FactClass.CAPTURE, payment, row);
        var fee = row.getSecondAmount();
        facts.fee.set(fact, fee == null ? FactTable.NONE : fee);
        facts.mark(fact, FactTable.EXPECTED, amount(row) > 0);
        facts.mark(fact, FactTable.NONE_IS_RIGHT, false);
    }

    private void refund(int payment, FactRow row) {
        var fact = ours(FactClass.REFUND, payment, row);
        var status = Objects.requireNonNullElse(row.getStatus(), "");
        facts.mark(fact, FactTable.EXPECTED, status.equals("SUCCEEDED") && amount(row) > 0);
        // the report may end before the refund came back
        facts.mark(fact, FactTable.NONE_IS_RIGHT, status.equals("FAILED") || status.equals("CANCELED"));
        if (status.equals("SUCCEEDED") || status.equals("PENDING")) {
            payments.addRefund(payment, amount(row));
        }
    }

    private void dispute(int payment, FactRow row) {
        var fact = ours(FactClass.DISPUTE, payment, row);
        var status = Objects.requireNonNullElse(row.getStatus(), "");
        facts.mark(fact, FactTable.EXPECTED, status.equals("LOST") && amount(row) > 0);
        facts.mark(fact, FactTable.NONE_IS_RIGHT, !status.equals("LOST") && !status.equals("OPEN"));
        if (row.getAmount() == null) {
            facts.amount.set(fact, FactTable.NONE);
        }
    }

    private int ours(FactClass factClass, int payment, FactRow row) {
        var fact = facts.add(factClass, row.getId());
        facts.mark(fact, FactTable.OURS, true);
        facts.payment.set(fact, payment);
        facts.amount.set(fact, amount(row));
        facts.setCurrency(fact, Objects.requireNonNullElse(row.getCurrency(), ""));
        facts.at.set(fact, row.getFirstAt().toEpochMilli());
        return fact;
    }

    private static long amount(FactRow row) {
        return Objects.requireNonNullElse(row.getAmount(), 0L);
    }

    private String tail(String paymentKey) {
        return paymentKey.substring(prefix().length());
    }
}
