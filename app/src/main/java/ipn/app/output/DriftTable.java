package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.operations.drift.DriftReport;

/** A drift report for people. */
public final class DriftTable {
    private DriftTable() {}

    public static void tell(DriftReport report, Terminal terminal) {
        if (!report.rows().isEmpty()) {
            terminal.show(table(report));
        }
        if (report.beyond() > 0) {
            terminal.say(
                    "and %s finding(s) of further kinds: too many to tell apart".formatted(number(report.beyond())));
        }
        if (report.unconfigured() > 0) {
            terminal.complain("%s record(s) of accounts that are not in these settings: not looked at"
                    .formatted(number(report.unconfigured())));
        }
        if (report.unreadable() > 0) {
            terminal.complain(
                    "%s record(s) could not be looked at: their adapter failed".formatted(number(report.unreadable())));
        }
        var looked = number(report.records()) + " record(s) looked at: ";
        terminal.say(
                report.none()
                        ? terminal.in(Tone.GOOD, looked + "nothing differs from what is known")
                        : terminal.in(Tone.BAD, looked + "some differ from what is known"));
    }

    static Table table(DriftReport report) {
        var table = new Table("gateway", "event type", "drift", "field", "count", "first seen", "last seen", "example");
        report.rows()
                .forEach(row -> table.row(
                        row.gateway(),
                        row.type(),
                        row.kind().name(),
                        row.field(),
                        number(row.count()),
                        row.firstSeen().toString(),
                        row.lastSeen().toString(),
                        row.example().toString()));
        return table;
    }

    private static String number(long count) {
        return Long.toString(count);
    }
}
