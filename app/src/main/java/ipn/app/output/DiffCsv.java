package ipn.app.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import ipn.app.diff.Change;
import ipn.app.diff.DiffReport;
import ipn.app.diff.Kind;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes the differences of two runs as CSV, one line for each field that differs. */
public final class DiffCsv {
    private DiffCsv() {}

    /** Writes a header and all differences, as it reads them. */
    public static void write(DiffReport report, Writer writer) throws IOException {
        var csv = CsvWriter.builder().build(writer);
        csv.writeRecord("what", "side", "key", "user", "field", "first", "second", "money");
        for (var kind : Kind.values()) {
            report.changes(kind, change -> {
                write(change, csv);
                return true;
            });
        }
        csv.flush();
    }

    private static void write(Change change, CsvWriter csv) {
        for (var field : change.fields()) {
            csv.writeRecord(
                    change.kind().label(),
                    change.side().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    ShadowCsv.text(change.key()),
                    ShadowCsv.text(change.user()),
                    field.name(),
                    ShadowCsv.text(field.first()),
                    ShadowCsv.text(field.second()),
                    ShadowCsv.text(ShadowCsv.money(change.money())));
        }
    }
}
