package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.operations.reconcile.match.Comparison;
import ipn.operations.reconcile.match.Finding;
import ipn.operations.reconcile.match.Finding.What;
import ipn.operations.reconcile.match.LineChoice;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints the result of a reconciliation. */
public final class ReconcileTable {
    private ReconcileTable() {}

    /**
     * Prints it.
     *
     * @param choice which lines were compared
     * @param all whether every finding was also written to a file
     */
    public static void print(Comparison comparison, LineChoice choice, Terminal terminal, boolean all) {
        terminal.print("%d line(s), %d skipped by the settings%s; captures, refunds and disputes in payment state: %d"
                .formatted(
                        comparison.lines(),
                        comparison.skipped(),
                        comparison.notChosen() == 0
                                ? ""
                                : ", %d not compared (of another time or payment)".formatted(comparison.notChosen()),
                        comparison.facts()));
        if (comparison.from() != null) {
            terminal.print("compared: %s to %s%s"
                    .formatted(
                            comparison.from(),
                            comparison.until(),
                            choice.payment().map(key -> ", only " + key).orElse("")));
        }
        if (comparison.isEmpty(choice)) {
            terminal.print("");
            terminal.print(terminal.in(
                    Tone.BAD,
                    "%s: no line of the report in that time, and no capture, refund or dispute in payment state%s"
                            .formatted(
                                    choice.payment().orElseThrow(),
                                    comparison.unread() == 0
                                            ? ""
                                            : "; %d line(s) cannot be read or have an unknown type: run without --payment"
                                                    .formatted(comparison.unread()))));
            return;
        }
        terminal.print("");
        terminal.show(sums(comparison));
        if (!comparison.fees().isEmpty()) {
            terminal.print("");
            terminal.show(fees(comparison));
            terminal.print(feesMeaning(comparison));
        }
        comparison
                .unknownTypes()
                .forEach((type, lines) -> terminal.print("unknown type: %s, %d line(s)".formatted(type, lines)));
        for (var what : What.values()) {
            examples(comparison, what, terminal, all);
        }
        terminal.print("");
        terminal.print(
                comparison.agrees()
                        ? terminal.in(Tone.GOOD, "Report and payments agree.")
                        : terminal.in(Tone.BAD, "%d difference(s).".formatted(comparison.findings())));
    }

    private static Table sums(Comparison comparison) {
        var table =
                new Table("result", "kind", "count", "reported", "here").numbers(Set.of("count", "reported", "here"));
        comparison
                .sums()
                .forEach(sum -> table.row(
                        sum.what().toLowerCase(Locale.ROOT).replace('_', ' '),
                        sum.kind(),
                        Long.toString(sum.count()),
                        shown(sum.reported(), sum.currency()),
                        shown(sum.ours(), sum.currency())));
        return table;
    }

    private static Table fees(Comparison comparison) {
        var table = new Table("fees", "reported", "here").numbers(Set.of("reported", "here"));
        comparison
                .fees()
                .forEach(fees -> table.row(
                        fees.currency(), shown(fees.reported(), fees.currency()), shown(fees.ours(), fees.currency())));
        return table;
    }

    /** The sums differ wherever a gateway reports fees to one side only, which is no difference of the books. */
    private static String feesMeaning(Comparison comparison) {
        var differ = comparison.count(What.FEE_DIFFERS);
        return differ == 0
                ? "Fees are no difference: 'here' has only those that notifications contain, and none of these differs from the report."
                : "Fees that notifications contain and that differ from the report: %d, counted as differences below."
                        .formatted(differ);
    }

    private static void examples(Comparison comparison, What what, Terminal terminal, boolean all) {
        var count = comparison.count(what);
        if (count == 0) {
            return;
        }
        var some = comparison.examples().stream()
                .filter(finding -> finding.what() == what)
                .toList();
        terminal.print("");
        terminal.print(terminal.in(Tone.BAD, what.words()) + ": " + what.meaning());
        some.forEach(finding -> terminal.print("  " + line(finding)));
        if (count > some.size()) {
            terminal.print("  ... %d more%s".formatted(count - some.size(), all ? "" : ": --out FILE"));
        }
    }

    private static String line(Finding finding) {
        var text = new StringBuilder();
        if (finding.line() != null) {
            text.append("line ").append(finding.line());
        }
        if (finding.id() != null) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(finding.kind())
                    .append(' ')
                    .append(finding.id());
        }
        if (finding.paymentKey() != null && !finding.paymentKey().isEmpty()) {
            text.append(" of ").append(finding.paymentKey());
        }
        side(text, "reported", finding.reported(), finding.reportedCurrency());
        side(text, "here", finding.ours(), finding.currency());
        if (finding.what() == What.FEE_DIFFERS) {
            side(text, "reported fee", finding.reportedFee(), finding.reportedCurrency());
            side(text, "fee here", finding.ourFee(), finding.currency());
        }
        if (!finding.why().equals(finding.what().meaning())) {
            text.append(": ").append(finding.why());
        }
        return text.toString();
    }

    private static void side(StringBuilder text, String side, @Nullable Long amount, @Nullable String currency) {
        if (amount != null && currency != null && !currency.isEmpty()) {
            text.append(", ").append(side).append(' ').append(Amount.shown(amount, currency));
        }
    }

    private static String shown(long amount, String currency) {
        return currency.isEmpty() ? "" : Amount.shown(amount, currency);
    }
}
