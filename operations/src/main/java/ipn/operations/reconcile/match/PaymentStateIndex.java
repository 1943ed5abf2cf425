package ipn.operations.reconcile.match;

import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.gateway.AccountId;
import ipn.operations.reconcile.report.LineKind.FactClass;
import java.util.Objects;

/** Enters payment states into the tables. They come in the order of the topic; the newest of a key replaces older ones. */
final class PaymentStateIndex {
    private final AccountId account;
    private final FactTable facts;
    private final PaymentTable payments;

    PaymentStateIndex(AccountId account, FactTable facts, PaymentTable payments) {
        this.account = account;
        this.facts = facts;
        this.payments = payments;
    }

    /** The prefix of all payment keys of the account. */
    String prefix() {
        return account.key("");
    }

    /** Removes a payment whose key was deleted from the topic. */
    void remove(String paymentKey) {
        payments.removeState(id(paymentKey));
    }

    void put(PaymentState state) {
        var payment = payments.putState(id(state.getPaymentKey()));
        for (var row : state.getFacts()) {
            switch (row.getKind()) {
                case CAPTURED -> capture(payment, row);
                case REFUND -> refund(payment, row);
                case REFUND_TOTAL -> payments.addRefundTotal(payment, amount(row));
                case DISPUTE -> dispute(payment, row);
                default -> {} // not about money that moved
            }
        }
    }

    private void capture(int payment, FactRow row) {
        var fact = factOf(FactClass.CAPTURE, payment, row);
        var fee = row.getSecondAmount();
        facts.fee.set(fact, fee == null ? FactTable.UNKNOWN : fee);
        facts.mark(fact, FactTable.REQUIRED_IN_REPORT, amount(row) > 0);
        facts.mark(fact, FactTable.ZERO_ALLOWED, false);
    }

    private void refund(int payment, FactRow row) {
        var fact = factOf(FactClass.REFUND, payment, row);
        var status = Objects.requireNonNullElse(row.getStatus(), "");
        facts.mark(fact, FactTable.REQUIRED_IN_REPORT, status.equals("SUCCEEDED") && amount(row) > 0);
        // if the report ends before the refund came back, it has the amount; otherwise it adds up to zero
        facts.mark(fact, FactTable.ZERO_ALLOWED, status.equals("FAILED") || status.equals("CANCELED"));
        if (status.equals("SUCCEEDED") || status.equals("PENDING")) {
            payments.addRefundInState(payment, amount(row));
        }
        unknownIfNull(fact, row);
    }

    private void dispute(int payment, FactRow row) {
        var fact = factOf(FactClass.DISPUTE, payment, row);
        var status = Objects.requireNonNullElse(row.getStatus(), "");
        facts.mark(fact, FactTable.REQUIRED_IN_REPORT, status.equals("LOST") && amount(row) > 0);
        facts.mark(fact, FactTable.ZERO_ALLOWED, !status.equals("LOST") && !status.equals("OPEN"));
        unknownIfNull(fact, row);
    }

    /** A dispute of everything, and a refund in full, may have no amount. */
    private void unknownIfNull(int fact, FactRow row) {
        if (row.getAmount() == null) {
            facts.amount.set(fact, FactTable.UNKNOWN);
        }
    }

    private int factOf(FactClass factClass, int payment, FactRow row) {
        var fact = facts.add(factClass, row.getId());
        facts.mark(fact, FactTable.IN_STATE, true);
        facts.payment.set(fact, payment);
        facts.amount.set(fact, amount(row));
        facts.setCurrency(fact, Objects.requireNonNullElse(row.getCurrency(), ""));
        facts.at.set(fact, row.getFirstAt().toEpochMilli());
        return fact;
    }

    private static long amount(FactRow row) {
        return Objects.requireNonNullElse(row.getAmount(), 0L);
    }

    private String id(String paymentKey) {
        return paymentKey.substring(prefix().length());
    }
}
