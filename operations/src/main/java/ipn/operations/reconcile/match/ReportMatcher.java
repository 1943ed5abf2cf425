package ipn.operations.reconcile.match;

import ipn.avro.PaymentState;
import ipn.gateway.AccountId;
import ipn.operations.reconcile.match.Finding.What;
import ipn.operations.reconcile.report.ParsedLine;
import ipn.operations.reconcile.report.ParsedLine.MoneyLine;
import ipn.operations.reconcile.report.ParsedLine.Skipped;
import ipn.operations.reconcile.report.ParsedLine.UnknownType;
import ipn.operations.reconcile.report.ParsedLine.Unreadable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Compares a report with payment state: first all payment states are entered, then all lines, then both are compared. Needs about
 * 350 bytes per payment with its line, and keeps no object for either. Not thread-safe.
 */
public final class ReportMatcher {
    private final FactTable facts = new FactTable();
    private final PaymentTable payments = new PaymentTable();
    private final ComparisonTotals totals = new ComparisonTotals();
    private final LineChoice choice;
    private final DateRange range;
    private final PaymentStateIndex states;
    private final ReportLineIndex moneyLines;
    private final FactComparator comparator;
    private final FindingExamples findings;
    private long lines;
    private long skipped;
    private long unread;

    /**
     * Prepares an empty comparison.
     *
     * @param choice which lines to compare, and the facts of which time and payment
     * @param examplesMax how many findings of each class the {@link Comparison} contains
     * @param findings receives all findings
     */
    public ReportMatcher(AccountId account, LineChoice choice, int examplesMax, Consumer<Finding> findings) {
        this.choice = choice;
        this.range = new DateRange(choice);
        this.states = new PaymentStateIndex(account, facts, payments);
        this.moneyLines = new ReportLineIndex(account, facts, payments, choice, range, totals);
        this.comparator = new FactComparator(facts, payments, range, account);
        this.findings = new FindingExamples(examplesMax, findings);
    }

    /** Whether the state of a payment is to be entered: it belongs to the account, and is the payment asked for. */
    public boolean accepts(String paymentKey) {
        return paymentKey.startsWith(states.prefix())
                && choice.payment().map(paymentKey::equals).orElse(true);
    }

    /** Enters the state of a payment. A later state of the same key replaces it. */
    public void addState(PaymentState payment) {
        states.put(payment);
    }

    /** Removes a payment whose key was deleted from the topic. */
    public void removeState(String paymentKey) {
        states.remove(paymentKey);
    }

    /** Enters one line of the report. */
    public void addLine(ParsedLine line) {
        lines++;
        if (line instanceof MoneyLine money) {
            moneyLines.add(money).ifPresent(this::add);
        } else if (choice.payment().isPresent() && !(line instanceof Skipped)) {
            unread++; // of which payment it is cannot be known
        } else if (line instanceof UnknownType unknown) {
            totals.addUnknownType(unknown.type());
            add(Finding.ofLine(What.UNKNOWN_TYPE, unknown.line(), "type " + unknown.type()));
        } else if (line instanceof Unreadable unreadable) {
            add(Finding.ofLine(What.UNREADABLE_LINE, unreadable.line(), unreadable.why()));
        } else {
            skipped++;
        }
    }

    /** Compares what was entered. To be called once, after the last line. */
    public Comparison compare() {
        var inState = 0L;
        var matched = 0L;
        for (var fact = 0; fact < facts.size(); fact++) {
            var known = isInState(fact);
            inState += known ? 1 : 0;
            if (known && facts.is(fact, FactTable.CHOSEN) && facts.fee.getLong(fact) != FactTable.UNKNOWN) {
                totals.addOurFee(facts.currency(fact), facts.fee.getLong(fact));
            }
            var finding = comparator.compare(fact);
            if (finding.isPresent()) {
                add(finding.get());
            } else if (facts.is(fact, FactTable.CHOSEN)) {
                matched++;
                addMatched(fact, known);
            }
        }
        return new Comparison(
                lines,
                skipped,
                range.from(),
                range.until(),
                inState,
                matched,
                totals.sums(),
                totals.fees(),
                totals.unknownTypes(),
                findings.count(),
                findings.list(),
                moneyLines.notChosen(),
                unread);
    }

    private void addMatched(int fact, boolean known) {
        totals.add(
                "MATCHED",
                facts.factClass(fact).word(),
                facts.reportedCurrency(fact),
                facts.reported.getLong(fact),
                known ? Math.max(0, facts.amount.getLong(fact)) : facts.reported.getLong(fact));
    }

    /**
     * What must be injected for a line: the capture or refund, if payment state does not have it and this is its first line. To be
     * called for each line once more, after {@link #compare}.
     */
    public Optional<MissingFact> missing(MoneyLine line) {
        if (!line.kind().isInjectable()) {
            return Optional.empty();
        }
        var fact = facts.find(line.kind().factClass().orElseThrow(), line.fact());
        if (fact < 0
                || facts.injectable.getLong(fact) != line.line()
                || facts.is(fact, FactTable.MIXED_CURRENCIES)
                || facts.reported.getLong(fact) <= 0) {
            return Optional.empty();
        }
        var fee = facts.reportedFee.getLong(fact);
        return comparator
                .compare(fact)
                .filter(finding -> finding.what() == What.MISSING_HERE)
                .map(finding -> new MissingFact(
                        line, facts.reported.getLong(fact), fee < 0 ? OptionalLong.empty() : OptionalLong.of(fee)));
    }

    private boolean isInState(int fact) {
        return facts.is(fact, FactTable.IN_STATE) && payments.isInState(facts.payment(fact));
    }

    private void add(Finding finding) {
        var currency = finding.reportedCurrency() == null ? finding.currency() : finding.reportedCurrency();
        totals.add(
                finding.what().name(),
                finding.kind() == null ? "" : finding.kind(),
                currency == null ? "" : currency,
                finding.reported() == null ? 0 : finding.reported(),
                finding.ours() == null ? 0 : finding.ours());
        findings.add(finding);
    }
}
