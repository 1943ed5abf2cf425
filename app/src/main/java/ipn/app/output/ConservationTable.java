package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.operations.conservation.ConservationReport;
import java.util.List;

/** Prints a conservation report as a table. */
public final class ConservationTable {
    private static final List<String> KINDS = List.of("APPLIED", "DUPLICATE", "UNCHANGED", "IGNORED", "UNPROCESSABLE");

    private ConservationTable() {}

    /** A row for each partition that is not empty, and the total. */
    public static Table of(ConservationReport report) {
        var table = new Table(
                "partition",
                "raw records",
                "applied",
                "duplicate",
                "unchanged",
                "ignored",
                "unprocessable",
                "without outcome",
                "dead letters");
        report.rows().stream()
                .filter(row -> row.records() > 0 || row.decided() > 0)
                .forEach(row -> {
                    var cells = new java.util.ArrayList<>(
                            List.of(Integer.toString(row.partition()), Long.toString(row.records())));
                    KINDS.forEach(kind -> cells.add(Long.toString(row.outcomes().getOrDefault(kind, 0L))));
                    cells.add(Long.toString(row.waiting()));
                    cells.add(Long.toString(row.deadLetters()));
                    table.row(cells.toArray());
                });
        var sum = new java.util.ArrayList<>(List.of("total", Long.toString(report.records())));
        KINDS.forEach(kind -> sum.add(Long.toString(report.outcomes().getOrDefault(kind, 0L))));
        sum.add(Long.toString(report.waiting()));
        sum.add(Long.toString(report.deadLetters()));
        return table.row(sum.toArray());
    }

    /** The result in one sentence. */
    public static String summary(ConservationReport report, Terminal terminal) {
        if (!report.balanced()) {
            return terminal.in(Tone.BAD, "not balanced") + ": %d finding(s)".formatted(report.findingsCount());
        }
        var result = outcomes(report, terminal);
        return report.deferred() == 0
                ? result
                : result + "; %d deferred record(s) wait to become raw records".formatted(report.deferred());
    }

    private static String outcomes(ConservationReport report, Terminal terminal) {
        return report.waiting() == 0
                ? terminal.in(Tone.GOOD, "balanced")
                        + ": every raw record has exactly one outcome, and every unprocessable one exactly one dead letter"
                : terminal.in(Tone.GOOD, "balanced so far")
                        + ": every raw record that the processor has read has exactly one outcome, %d without an outcome yet"
                                .formatted(report.waiting());
    }
}
