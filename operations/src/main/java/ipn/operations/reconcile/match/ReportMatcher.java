package ipn.operations.reconcile.match;

import ipn.avro.PaymentState;
import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.operations.reconcile.match.Finding.What;
import ipn.operations.reconcile.report.LineKind.FactClass;
import ipn.operations.reconcile.report.ParsedLine;
import ipn.operations.reconcile.report.ParsedLine.Told;
import ipn.operations.reconcile.report.ParsedLine.UnknownType;
import ipn.operations.reconcile.report.ParsedLine.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds a report against payment state: first the state is noted, then each line, then both are compared. Needs some 350 bytes
 * per payment and line, and keeps no object for either. Not thread-safe.
 */
public final class ReportMatcher {
    private final AccountId account;
    private final DateRange stretch;
    private final FactTable facts = new FactTable();
    private final PaymentTable payments = new PaymentTable();
    private final PaymentStateIndex state;
    private final KeyTable lineIds = new KeyTable();
    private final LongColumn firstLines = new LongColumn();
    private final ComparisonTotals tally = new ComparisonTotals();
    private final Sink sink;
    private long lines;
    private long leftOut;

    /**
     * @param since the beginning of what the report covers; empty: its first line
     * @param until its end; empty: its last line
     * @param examplesMax of each class, in the {@link Comparison}
     * @param findings hears all of them
     */
    public ReportMatcher(
            AccountId account,
            Optional<Instant> since,
            Optional<Instant> until,
            int examplesMax,
            Consumer<Finding> findings) {
        this.account = account;
        this.stretch = new DateRange(since, until);
        this.state = new PaymentStateIndex(account, facts, payments);
        this.sink = new Sink(examplesMax, findings);
    }

    /** Whether a payment key is of this account. */
    public boolean concerns(String paymentKey) {
        return paymentKey.startsWith(state.prefix());
    }

    /** A payment's state; a later one of the same key counts instead. */
    public void state(PaymentState payment) {
        state.note(payment);
    }

    /** A payment that is not kept any more. */
    public void gone(String paymentKey) {
        state.gone(paymentKey);
    }

    /** One line of the report. */
    public void line(ParsedLine reading) {
        lines++;
        if (reading instanceof Told told) {
            told(told);
        } else if (reading instanceof UnknownType unknown) {
            tally.unknown(unknown.type());
            found(about(What.UNKNOWN_TYPE, unknown.line(), "type " + unknown.type()));
        } else if (reading instanceof Unreadable unreadable) {
            found(about(What.UNREADABLE_LINE, unreadable.line(), unreadable.why()));
        } else {
            leftOut++;
        }
    }

    private void told(Told told) {
        var before = lineIds.size();
        var seen = lineIds.add(told.id());
        if (seen < before) {
            var why = "as line " + firstLines.get(seen);
            found(new Finding(
                    What.DUPLICATE_LINE,
                    told.kind().word(),
                    paymentKey(told),
                    told.fact(),
                    told.line(),
                    told.at(),
                    told.amount().minorUnits(),
                    told.amount().currency(),
                    null,
                    null,
                    null,
                    null,
                    why));
            return;
        }
        firstLines.set(seen, told.line());
        if (!told.feeCurrency().isEmpty()) {
            tally.reportedFee(told.feeCurrency(), told.fee());
        }
        var factClass = told.kind().factClass();
        if (factClass.isPresent()) {
            stretch.note(told.at());
            moved(told, factClass.get());
        } else {
            var amount = told.incoming()
                    ? told.amount().minorUnits()
                    : -told.amount().minorUnits();
            tally.add(told.kind().name(), told.kind().word(), told.amount().currency(), amount, 0);
        }
    }

    private void moved(Told told, FactClass factClass) {
        var fact = facts.add(factClass, told.fact());
        var currency = told.amount().currency();
        if (!facts.is(fact, FactTable.REPORTED)) {
            facts.mark(fact, FactTable.REPORTED, true);
            facts.setReportedCurrency(fact, currency);
            facts.line.set(fact, told.line());
            facts.reportedAt.set(fact, told.at().toEpochMilli());
            if (!facts.is(fact, FactTable.OURS)) {
                facts.payment.set(fact, payments.named(Item.keyPart(told.payment())));
            }
        } else if (!facts.reportedCurrency(fact).equals(currency)) {
            facts.mark(fact, FactTable.MIXED, true);
        }
        // Many reports begin with the newest line, so money may come back before it went.
        if (told.kind().isInjectable() && facts.injectable.get(fact) == 0) {
            facts.injectable.set(fact, told.line());
        }
        var effect = told.kind().effect() * told.amount().minorUnits();
        facts.reported.set(fact, Math.addExact(facts.reported.get(fact), effect));
        if (told.feeCurrency().equals(currency)) {
            var fee = facts.reportedFee.get(fact);
            facts.reportedFee.set(fact, Math.addExact(fee == FactTable.NONE ? 0 : fee, told.fee()));
        }
        if (factClass == FactClass.REFUND && !isOurs(fact)) {
            payments.addUnknownRefund((int) facts.payment.get(fact), effect);
        }
    }

    /** Compares what was noted; to be called once, at the end. */
    public Comparison compare() {
        var judge = new FactComparator(facts, payments, stretch, account);
        var ours = 0L;
        var matched = 0L;
        for (var fact = 0; fact < facts.size(); fact++) {
            ours += isOurs(fact) ? 1 : 0;
            if (isOurs(fact) && facts.is(fact, FactTable.REPORTED) && facts.fee.get(fact) != FactTable.NONE) {
                tally.ourFee(facts.currency(fact), facts.fee.get(fact));
            }
            var finding = judge.judge(fact);
            if (finding.isPresent()) {
                found(finding.get());
            } else if (facts.is(fact, FactTable.REPORTED)) {
                matched++;
                tally.add(
                        "MATCHED",
                        facts.factClass(fact).word(),
                        facts.reportedCurrency(fact),
                        facts.reported.get(fact),
                        isOurs(fact) ? Math.max(0, facts.amount.get(fact)) : facts.reported.get(fact));
            }
        }
        return new Comparison(
                lines,
                leftOut,
                stretch.from(),
                stretch.until(),
                ours,
                matched,
                tally.sums(),
                tally.fees(),
                tally.unknownTypes(),
                sink.count,
                sink.examples());
    }

    /**
     * What is to be written for a line: all that the report says of a capture or a refund that payment state lacks, with the
     * first line that is one. Once all lines were noted, in a second reading.
     */
    public Optional<Missing> missing(Told told) {
        var kind = told.kind();
        if (!kind.isInjectable()) {
            return Optional.empty();
        }
        var fact = facts.find(kind.factClass().orElseThrow(), told.fact());
        if (fact < 0 || facts.injectable.get(fact) != told.line() || facts.is(fact, FactTable.MIXED)) {
            return Optional.empty();
        }
        var isMissing = new FactComparator(facts, payments, stretch, account)
                .judge(fact)
                .filter(finding -> finding.what() == What.MISSING_HERE)
                .isPresent();
        var amount = facts.reported.get(fact);
        return isMissing && amount > 0
                ? Optional.of(new Missing(told, amount, facts.reportedFee.get(fact)))
                : Optional.empty();
    }

    /**
     * Something to be written.
     *
     * @param told the first line that is a capture or a refund
     * @param amount over all its lines, those that take something back as well
     * @param fee over all its lines; negative or {@link Long#MIN_VALUE} where there is none to write
     */
    public record Missing(Told told, long amount, long fee) {}

    private boolean isOurs(int fact) {
        return facts.is(fact, FactTable.OURS) && payments.isKept((int) facts.payment.get(fact));
    }

    private String paymentKey(Told told) {
        return told.payment().isEmpty() ? "" : account.keyOf(told.payment());
    }

    private static Finding about(What what, long line, String why) {
        return new Finding(what, null, null, null, line, null, null, null, null, null, null, null, why);
    }

    private void found(Finding finding) {
        var currency = finding.reportedCurrency() == null ? finding.currency() : finding.reportedCurrency();
        tally.add(
                finding.what().name(),
                finding.kind() == null ? "" : finding.kind(),
                currency == null ? "" : currency,
                finding.reported() == null ? 0 : finding.reported(),
                finding.ours() == null ? 0 : finding.ours());
        sink.add(finding);
    }

    /** Passes all findings on and keeps the first of each class. */
    private static final class Sink {
        private final int examplesMax;
        private final Consumer<Finding> findings;
        private final Map<What, List<Finding>> first = new EnumMap<>(What.class);
        private long count;

        Sink(int examplesMax, Consumer<Finding> findings) {
            this.examplesMax = examplesMax;
            this.findings = findings;
        }

        void add(Finding finding) {
            count++;
            findings.accept(finding);
            var some = first.computeIfAbsent(finding.what(), what -> new ArrayList<>());
            if (some.size() < examplesMax) {
                some.add(finding);
            }
        }

        List<Finding> examples() {
            return first.values().stream().flatMap(List::stream).toList();
        }
    }
}
