package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.operations.shadow.Difference;
import ipn.operations.shadow.ShadowReport;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Prints where two systems differ. */
public final class ShadowTable {
    private ShadowTable() {}

    /** @param limit show at most so many differences, and so many lines that cannot be read */
    public static void print(ShadowReport.Result result, Terminal terminal, int limit) {
        terminal.print("%d entitlement(s) compared".formatted(result.compared()));
        if (!result.sums().isEmpty()) {
            terminal.print("");
            terminal.show(sums(result.sums()));
            terminal.print("");
            terminal.show(differences(result.differences(), limit));
            if (result.differences().size() > limit) {
                terminal.print("... and %d more (--csv FILE has all)"
                        .formatted(result.differences().size() - limit));
            }
        }
        result.problems().stream()
                .limit(limit)
                .forEach(each ->
                        terminal.printErr("line %d: %s".formatted(each.line(), Printable.line(each.message()))));
        terminal.print("");
        terminal.print(
                result.agrees()
                        ? terminal.in(Tone.GOOD, "Both give the same.")
                        : terminal.in(
                                Tone.BAD,
                                "%d difference(s), %d line(s) that cannot be read."
                                        .formatted(
                                                result.differences().size(),
                                                result.problems().size())));
    }

    private static Table sums(List<ShadowReport.Sum> sums) {
        var table = new Table("difference", "reason", "count", "money").numbers(Set.of("count"));
        sums.forEach(sum ->
                table.row(word(sum.kind()), sum.reason(), Long.toString(sum.count()), ShadowCsv.money(sum.money())));
        return table;
    }

    private static Table differences(List<Difference> differences, int limit) {
        var table =
                new Table("difference", "subject", "entitlement", "ours", "until", "theirs until", "reason", "payment");
        differences.stream()
                .limit(limit)
                .forEach(each -> table.row(
                        word(each.kind()),
                        each.subject(),
                        each.scope() == null ? each.entitlement() : each.entitlement() + "/" + each.scope(),
                        Objects.toString(each.ours(), "none"),
                        Objects.toString(each.oursUntil(), ""),
                        Objects.toString(each.theirsUntil(), ""),
                        each.reason(),
                        Objects.toString(each.paymentKey(), "")));
        return table;
    }

    private static String word(Difference.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
