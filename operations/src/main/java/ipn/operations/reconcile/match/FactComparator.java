package ipn.operations.reconcile.match;

import ipn.gateway.AccountId;
import ipn.operations.reconcile.match.Finding.What;
import ipn.operations.reconcile.report.LineKind.FactClass;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules: what payment state knows of a fact and what the report says of it make at most one finding. */
record FactComparator(FactTable facts, PaymentTable payments, DateRange stretch, AccountId account) {
    Optional<Finding> judge(int fact) {
        var ours = facts.is(fact, FactTable.OURS) && payments.isKept((int) facts.payment.get(fact));
        var reported = facts.is(fact, FactTable.REPORTED);
        if (ours && reported) {
            return both(fact);
        }
        if (reported) {
            return coveredByTotal(fact) ? Optional.empty() : Optional.of(finding(What.MISSING_HERE, fact, false, true));
        }
        var due = ours && facts.is(fact, FactTable.EXPECTED) && stretch.covers(facts.at.get(fact));
        return due ? Optional.of(finding(What.MISSING_THERE, fact, true, false)) : Optional.empty();
    }

    private Optional<Finding> both(int fact) {
        if (facts.is(fact, FactTable.MIXED)
                || !facts.currency(fact).isEmpty() && !facts.currency(fact).equals(facts.reportedCurrency(fact))) {
            return Optional.of(finding(What.CURRENCY_DIFFERS, fact, true, true));
        }
        if (!amountIsRight(fact)) {
            return Optional.of(finding(What.AMOUNT_DIFFERS, fact, true, true));
        }
        var fee = facts.fee.get(fact);
        var reportedFee = facts.reportedFee.get(fact);
        return fee != FactTable.NONE && reportedFee != FactTable.NONE && fee != reportedFee
                ? Optional.of(finding(What.FEE_DIFFERS, fact, true, true))
                : Optional.empty();
    }

    private boolean amountIsRight(int fact) {
        var ours = facts.amount.get(fact);
        var reported = facts.reported.get(fact);
        return ours == FactTable.NONE || ours == reported || reported == 0 && facts.is(fact, FactTable.NONE_IS_RIGHT);
    }

    /** Where notifications tell only how much was refunded in all. */
    private boolean coveredByTotal(int fact) {
        var payment = (int) facts.payment.get(fact);
        return facts.factClass(fact) == FactClass.REFUND
                && payments.isKept(payment)
                && payments.totalCoversUnknown(payment);
    }

    private Finding finding(What what, int fact, boolean ours, boolean reported) {
        var factClass = facts.factClass(fact);
        var at = reported ? facts.reportedAt.get(fact) : facts.at.get(fact);
        var payment = (int) facts.payment.get(fact);
        return new Finding(
                what,
                factClass.word(),
                account.key(payments.tail(payment)),
                facts.id(fact),
                reported ? facts.line.get(fact) : null,
                Instant.ofEpochMilli(at),
                reported ? facts.reported.get(fact) : null,
                reported ? facts.reportedCurrency(fact) : null,
                ours ? amount(facts.amount.get(fact)) : null,
                ours ? facts.currency(fact) : null,
                reported ? amount(facts.reportedFee.get(fact)) : null,
                ours ? amount(facts.fee.get(fact)) : null,
                what.meaning());
    }

    private static @Nullable Long amount(long value) {
        return value == FactTable.NONE ? null : value;
    }
}
