package ipn.operations.reconcile.match;

import ipn.gateway.AccountId;
import ipn.operations.reconcile.match.Finding.What;
import ipn.operations.reconcile.report.LineKind.FactClass;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of the comparison: payment state and report differ in at most one finding per fact. */
record FactComparator(FactTable facts, PaymentTable payments, DateRange range, AccountId account) {
    Optional<Finding> compare(int fact) {
        var inState = facts.is(fact, FactTable.IN_STATE) && payments.isInState(facts.payment(fact));
        var inReport = facts.is(fact, FactTable.IN_REPORT);
        if (inReport && !facts.is(fact, FactTable.CHOSEN)) {
            return Optional.empty();
        }
        if (inState && inReport) {
            return both(fact);
        }
        if (inReport) {
            return coveredByTotal(fact) ? Optional.empty() : Optional.of(finding(What.MISSING_HERE, fact, false, true));
        }
        var missing = inState && facts.is(fact, FactTable.REQUIRED_IN_REPORT) && range.contains(facts.at.getLong(fact));
        return missing ? Optional.of(finding(What.MISSING_THERE, fact, true, false)) : Optional.empty();
    }

    private Optional<Finding> both(int fact) {
        if (facts.is(fact, FactTable.MIXED_CURRENCIES)
                || !facts.currency(fact).isEmpty() && !facts.currency(fact).equals(facts.reportedCurrency(fact))) {
            return Optional.of(finding(What.CURRENCY_DIFFERS, fact, true, true));
        }
        if (!amountMatches(fact)) {
            return Optional.of(finding(What.AMOUNT_DIFFERS, fact, true, true));
        }
        var fee = facts.fee.getLong(fact);
        var reportedFee = facts.reportedFee.getLong(fact);
        return fee != FactTable.UNKNOWN && reportedFee != FactTable.UNKNOWN && fee != reportedFee
                ? Optional.of(finding(What.FEE_DIFFERS, fact, true, true))
                : Optional.empty();
    }

    private boolean amountMatches(int fact) {
        var ours = facts.amount.getLong(fact);
        var reported = facts.reported.getLong(fact);
        return ours == FactTable.UNKNOWN || ours == reported || reported == 0 && facts.is(fact, FactTable.ZERO_ALLOWED);
    }

    /** Some gateways send only the total of all refunds of a payment. */
    private boolean coveredByTotal(int fact) {
        var payment = facts.payment(fact);
        return facts.factClass(fact) == FactClass.REFUND
                && payments.isInState(payment)
                && payments.totalCoversReport(payment);
    }

    private Finding finding(What what, int fact, boolean ours, boolean reported) {
        var factClass = facts.factClass(fact);
        var at = reported ? facts.reportedAt.getLong(fact) : facts.at.getLong(fact);
        var payment = facts.payment(fact);
        return new Finding(
                what,
                factClass.word(),
                account.key(payments.id(payment)),
                facts.id(fact),
                reported ? facts.line.getLong(fact) : null,
                Instant.ofEpochMilli(at),
                reported ? facts.reported.getLong(fact) : null,
                reported ? facts.reportedCurrency(fact) : null,
                ours ? amount(facts.amount.getLong(fact)) : null,
                ours ? facts.currency(fact) : null,
                reported ? amount(facts.reportedFee.getLong(fact)) : null,
                ours ? amount(facts.fee.getLong(fact)) : null,
                what.meaning());
    }

    private static @Nullable Long amount(long value) {
        return value == FactTable.UNKNOWN ? null : value;
    }
}
