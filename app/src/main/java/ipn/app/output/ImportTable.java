package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.operations.imports.ImportSummary.ProblemCount;
import ipn.operations.imports.ImportSummary.Summary;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints what an import would write. */
public final class ImportTable {
    private ImportTable() {}

    /** Prints a summary. */
    public static void print(Summary summary, Terminal terminal) {
        terminal.print("%d line(s), %d subscription(s), as of %s"
                .formatted(summary.lines(), summary.subscriptions(), summary.asOf()));
        if (!summary.counts().isEmpty()) {
            terminal.print("");
            terminal.show(counts(summary));
        }
        if (!summary.unknownProducts().isEmpty()) {
            terminal.print("");
            terminal.show(unknown(summary));
        }
        for (var problem : summary.problems()) {
            terminal.print("");
            print(problem, terminal);
        }
        terminal.print("");
        terminal.print(
                summary.hasProblems()
                        ? terminal.in(
                                Tone.BAD,
                                "%d line(s) with problems."
                                        .formatted(summary.problems().stream()
                                                .mapToLong(ProblemCount::count)
                                                .sum()))
                        : terminal.in(Tone.GOOD, "No line has a problem."));
    }

    private static Table counts(Summary summary) {
        var table = new Table("account", "product", "status", "subscriptions", "access now")
                .numbers(Set.of("subscriptions", "access now"));
        summary.counts()
                .forEach(count -> table.row(
                        count.account(),
                        Printable.line(count.product()),
                        count.status().toLowerCase(Locale.ROOT),
                        Long.toString(count.subscriptions()),
                        Long.toString(count.grants())));
        return table;
    }

    private static Table unknown(Summary summary) {
        var table = new Table("not in the settings", "lines").numbers(Set.of("lines"));
        summary.unknownProducts().forEach((name, lines) -> table.row(Printable.line(name), Long.toString(lines)));
        return table;
    }

    private static void print(ProblemCount problem, Terminal terminal) {
        terminal.print("%s: %d line(s), %s"
                .formatted(
                        problem.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        problem.count(),
                        problem.kind().isImported() ? "imported, and granting nothing" : "not imported"));
        terminal.print(problem.first().stream()
                .map(each -> "  line %d: %s".formatted(each.line(), Printable.line(each.message())))
                .collect(Collectors.joining("\n")));
    }
}
