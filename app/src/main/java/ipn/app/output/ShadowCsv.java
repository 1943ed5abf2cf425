package ipn.app.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import ipn.operations.shadow.Difference;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes differences as CSV. */
public final class ShadowCsv {
    /** With these characters a spreadsheet begins a formula; subjects and ids come from outside. */
    private static final String FORMULA = "=+-@\t\r";

    private ShadowCsv() {}

    /** Writes a header and a line for each difference. */
    public static void write(List<Difference> differences, Writer writer) throws IOException {
        var csv = CsvWriter.builder().build(writer);
        csv.writeRecord(
                "kind",
                "subject",
                "entitlement",
                "scope",
                "ours",
                "ours_until",
                "theirs_until",
                "reason",
                "payment",
                "policy_version",
                "money");
        differences.forEach(each -> csv.writeRecord(
                each.kind().name(),
                text(each.subject()),
                text(each.entitlement()),
                text(each.scope()),
                text(each.ours()),
                text(each.oursUntil()),
                text(each.theirsUntil()),
                text(each.reason()),
                text(each.paymentKey()),
                text(each.policyVersion()),
                money(each.money())));
        csv.flush();
    }

    static String money(Map<String, Long> money) {
        return money.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> Amount.shown(each.getValue(), each.getKey()))
                .collect(Collectors.joining(" + "));
    }

    static String text(@Nullable Object value) {
        var text = Objects.toString(value, "");
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
