package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.operations.reconcile.match.Comparison;
import ipn.operations.reconcile.match.Finding;
import ipn.operations.reconcile.match.Finding.What;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came of a reconciliation, for people. */
public final class ReconcileTable {
    private ReconcileTable() {}

    /** @param all whether every finding has been written to a file already */
    public static void tell(Comparison comparison, Terminal terminal, boolean all) {
        terminal.say("%d line(s), %d left out by the settings; captures, refunds and disputes here: %d"
                .formatted(comparison.lines(), comparison.skipped(), comparison.facts()));
        if (comparison.from() != null) {
            terminal.say("covers %s to %s".formatted(comparison.from(), comparison.until()));
        }
        terminal.say("");
        terminal.show(sums(comparison));
        if (!comparison.fees().isEmpty()) {
            terminal.say("");
            terminal.show(fees(comparison));
        }
        comparison
                .unknownTypes()
                .forEach((type, lines) -> terminal.say("unknown type: %s, %d line(s)".formatted(word(type), lines)));
        for (var what : What.values()) {
            examples(comparison, what, terminal, all);
        }
        terminal.say("");
        terminal.say(
                comparison.agrees()
                        ? terminal.in(Tone.GOOD, "Report and payments agree.")
                        : terminal.in(Tone.BAD, "%d difference(s).".formatted(comparison.findings())));
    }

    private static Table sums(Comparison comparison) {
        var table = new Table("result", "of", "count", "reported", "here").numbers(Set.of("count", "reported", "here"));
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

    private static void examples(Comparison comparison, What what, Terminal terminal, boolean all) {
        var count = comparison.count(what);
        if (count == 0) {
            return;
        }
        var some = comparison.examples().stream()
                .filter(finding -> finding.what() == what)
                .toList();
        terminal.say("");
        terminal.say(terminal.in(Tone.BAD, what.words()) + ": " + what.meaning());
        some.forEach(finding -> terminal.say("  " + line(finding)));
        if (count > some.size()) {
            terminal.say("  ... %d more%s".formatted(count - some.size(), all ? "" : ": --out FILE"));
        }
    }

    private static String line(Finding finding) {
        var words = new StringBuilder();
        if (finding.line() != null) {
            words.append("line ").append(finding.line());
        }
        if (finding.id() != null) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(finding.kind())
                    .append(' ')
                    .append(finding.id());
        }
        if (finding.paymentKey() != null && !finding.paymentKey().isEmpty()) {
            words.append(" of ").append(finding.paymentKey());
        }
        side(words, "reported", finding.reported(), finding.reportedCurrency());
        side(words, "here", finding.ours(), finding.currency());
        if (finding.what() == What.FEE_DIFFERS) {
            side(words, "reported fee", finding.reportedFee(), finding.reportedCurrency());
            side(words, "fee here", finding.ourFee(), finding.currency());
        }
        if (!finding.why().equals(finding.what().meaning())) {
            words.append(": ").append(word(finding.why()));
        }
        return words.toString();
    }

    private static void side(StringBuilder words, String side, @Nullable Long amount, @Nullable String currency) {
        if (amount != null && currency != null && !currency.isEmpty()) {
            words.append(", ").append(side).append(' ').append(Amount.shown(amount, currency));
        }
    }

    private static String shown(long amount, String currency) {
        return currency.isEmpty() ? "" : Amount.shown(amount, currency);
    }

    /** A report is somebody else's words: nothing in it steers the terminal. */
    private static String word(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
