package ipn.operations.reconcile.match;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.operations.reconcile.match.Finding.What;
import ipn.operations.reconcile.report.LineKind.FactClass;
import ipn.operations.reconcile.report.ParsedLine.MoneyLine;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Optional;

/** Enters the lines of a report into the tables: adds up the lines of each fact, and finds lines that are repeated. */
final class ReportLineIndex {
    private final AccountId account;
    private final FactTable facts;
    private final PaymentTable payments;
    private final LineChoice choice;
    private final DateRange range;
    private final ComparisonTotals totals;
    private final KeyTable ids = new KeyTable();
    /** Number of the line by the number of its id. */
    private final LongArrayList lines = new LongArrayList();

    private long notChosen;

    ReportLineIndex(
            AccountId account,
            FactTable facts,
            PaymentTable payments,
            LineChoice choice,
            DateRange range,
            ComparisonTotals totals) {
        this.account = account;
        this.facts = facts;
        this.payments = payments;
        this.choice = choice;
        this.range = range;
        this.totals = totals;
    }

    /** @return a finding if an earlier line has the same id; the line is then not counted */
    Optional<Finding> add(MoneyLine line) {
        var chosen = choice.contains(line, account.key(""));
        notChosen += chosen ? 0 : 1;
        var before = ids.size();
        var number = ids.add(line.id());
        if (number < before) {
            return chosen ? Optional.of(duplicate(line, lines.getLong(number))) : Optional.empty();
        }
        lines.add(line.line());
        if (chosen && !line.feeCurrency().isEmpty()) {
            totals.addReportedFee(line.feeCurrency(), line.fee());
        }
        var factClass = line.kind().factClass();
        if (factClass.isPresent()) {
            range.add(line.at());
            addToFact(line, factClass.get(), chosen);
        } else if (chosen) {
            var amount = line.amount().minorUnits();
            totals.add(
                    line.kind().name(),
                    line.kind().word(),
                    line.amount().currency(),
                    line.incoming() ? amount : -amount,
                    0);
        }
        return Optional.empty();
    }

    /** How many lines about money are not to be compared. */
    long notChosen() {
        return notChosen;
    }

    private void addToFact(MoneyLine line, FactClass factClass, boolean chosen) {
        var fact = facts.add(factClass, line.fact());
        addCurrency(line, fact);
        if (chosen) {
            facts.mark(fact, FactTable.CHOSEN, true);
        }
        // Many reports begin with the newest line, so a reversal may come before what it reverses.
        if (line.kind().isInjectable() && facts.injectable.getLong(fact) == 0) {
            facts.injectable.set(fact, line.line());
        }
        var effect = line.kind().effect() * line.amount().minorUnits();
        facts.reported.set(fact, Math.addExact(facts.reported.getLong(fact), effect));
        if (line.feeCurrency().equals(line.amount().currency())) {
            var fee = facts.reportedFee.getLong(fact);
            facts.reportedFee.set(fact, Math.addExact(fee == FactTable.UNKNOWN ? 0 : fee, line.fee()));
        }
        if (factClass == FactClass.REFUND && !isInState(fact)) {
            payments.addRefundInReportOnly(facts.payment(fact), effect);
        }
    }

    private void addCurrency(MoneyLine line, int fact) {
        var currency = line.amount().currency();
        if (!facts.is(fact, FactTable.IN_REPORT)) {
            facts.mark(fact, FactTable.IN_REPORT, true);
            facts.setReportedCurrency(fact, currency);
            facts.line.set(fact, line.line());
            facts.reportedAt.set(fact, line.at().toEpochMilli());
            if (!facts.is(fact, FactTable.IN_STATE)) {
                facts.payment.set(fact, payments.add(Item.keyPart(line.payment())));
            }
        } else if (!facts.reportedCurrency(fact).equals(currency)) {
            facts.mark(fact, FactTable.MIXED_CURRENCIES, true);
        }
    }

    private boolean isInState(int fact) {
        return facts.is(fact, FactTable.IN_STATE) && payments.isInState(facts.payment(fact));
    }

    private Finding duplicate(MoneyLine line, long earlier) {
        return new Finding(
                What.DUPLICATE_LINE,
                line.kind().word(),
                line.payment().isEmpty() ? "" : account.keyOf(line.payment()),
                line.fact(),
                line.line(),
                line.at(),
                line.amount().minorUnits(),
                line.amount().currency(),
                null,
                null,
                null,
                null,
                "same as line " + earlier);
    }
}
