package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.operations.drift.DriftReport;

/** Prints a drift report. */
public final class DriftTable {
    private DriftTable() {}

    public static void print(DriftReport report, Terminal terminal) {
        if (!report.rows().isEmpty()) {
            terminal.show(table(report));
        }
        if (report.beyond() > 0) {
            terminal.print("%s further finding(s) are counted, not listed".formatted(number(report.beyond())));
        }
        if (report.unconfigured() > 0) {
            terminal.printErr("%s record(s) not checked: their accounts are not in the settings"
                    .formatted(number(report.unconfigured())));
        }
        if (report.unreadable() > 0) {
            terminal.printErr("%s record(s) not checked: the adapter of their gateway failed"
                    .formatted(number(report.unreadable())));
        }
        var checked = number(report.records()) + " record(s) checked: ";
        terminal.print(
                report.none()
                        ? terminal.in(Tone.GOOD, checked + "none differs from the known format")
                        : terminal.in(Tone.BAD, checked + "some differ from the known format"));
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
