package ipn.operations.reconcile.report;

import ipn.operations.reconcile.report.ReportLayout.Dates;
import ipn.operations.reconcile.report.ReportLayout.FeeSign;
import ipn.operations.reconcile.report.ReportLayout.File;
import ipn.operations.reconcile.report.ReportLayout.Numbers;
import ipn.operations.reconcile.report.ReportLayout.Signs;
import ipn.operations.reconcile.report.ReportLayout.Unit;
import ipn.settings.Settings;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one layout out of the settings; what is absent stays as it was. */
final class LayoutSettings {
    private static final int SKIPPED_MAX = 1_000;

    private final Settings section;
    private final ReportLayout otherwise;

    private LayoutSettings(Settings section, ReportLayout otherwise) {
        this.section = section;
        this.otherwise = otherwise;
    }

    /** @param asked whether each column named here has to be in the report */
    static ReportLayout read(Settings section, ReportLayout otherwise, boolean asked) {
        var reader = new LayoutSettings(section, otherwise);
        var named = reader.columns();
        var columns = new EnumMap<ReportColumn, List<String>>(ReportColumn.class);
        columns.putAll(otherwise.columns());
        columns.putAll(named);
        var layout = new ReportLayout(
                reader.file(),
                reader.numbers(),
                reader.dates(),
                columns,
                asked && !named.isEmpty() ? EnumSet.copyOf(named.keySet()) : Set.of(),
                reader.types(),
                reader.only());
        reader.requireWhatCounts(layout);
        return layout;
    }

    private File file() {
        var was = otherwise.file();
        return new File(
                character("delimiter", was.delimiter()),
                charset(was.charset()),
                section.integer("skip-lines", was.skipLines(), 0, SKIPPED_MAX),
                section.flag("header", was.header()),
                section.text("header-mark", was.headerMark()),
                section.text("line-mark", was.lineMark()));
    }

    private Numbers numbers() {
        var was = otherwise.numbers();
        return new Numbers(
                section.choice("unit", Unit.class, was.unit()),
                character("decimal-point", was.decimalPoint()),
                section.text("grouping", was.grouping()),
                section.choice("signs", Signs.class, was.signs()),
                section.choice("fee-sign", FeeSign.class, was.feeSign()),
                section.has("leaving") ? section.list("leaving") : was.leaving());
    }

    private Dates dates() {
        var was = otherwise.dates();
        var patterns = section.has("dates") ? section.list("dates") : was.patterns();
        for (var pattern : patterns) {
            try {
                var unused = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            } catch (IllegalArgumentException e) {
                section.problems().add(section.full("dates"), pattern, "patterns such as yyyy-MM-dd HH:mm:ss");
            }
        }
        return new Dates(patterns, zone(was.zone()));
    }

    private ZoneId zone(ZoneId was) {
        var text = section.text("zone");
        try {
            return text.map(ZoneId::of).orElse(was);
        } catch (DateTimeException e) {
            section.problems()
                    .add(section.full("zone"), text.orElse(""), "a time zone such as Europe/Amsterdam or UTC");
            return was;
        }
    }

    private Charset charset(Charset was) {
        var text = section.text("charset");
        try {
            return text.map(Charset::forName).orElse(was);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            section.problems().add(section.full("charset"), text.orElse(""), "a charset such as utf-8 or windows-1252");
            return was;
        }
    }

    private char character(String key, char was) {
        var text = section.text(key).orElse(String.valueOf(was));
        if (text.length() != 1) {
            section.problems().add(section.full(key), text, "one character");
            return was;
        }
        return text.charAt(0);
    }

    private Map<ReportColumn, List<String>> columns() {
        var columns = section.in("columns");
        var named = new EnumMap<ReportColumn, List<String>>(ReportColumn.class);
        for (var column : ReportColumn.values()) {
            if (columns.has(column.word())) {
                named.put(column, columns.list(column.word()));
            } else {
                columns.list(column.word()); // known, so that a misspelt one is told with what would be right
            }
        }
        return named;
    }

    private Map<String, LineKind> types() {
        var types = new HashMap<>(otherwise.types());
        section.map("types")
                .forEach((type, word) -> kind(word)
                        .ifPresentOrElse(
                                kind -> types.put(type, kind),
                                () -> section.problems()
                                        .add(
                                                section.full("types") + "." + type,
                                                word,
                                                "one of "
                                                        + Arrays.stream(LineKind.values())
                                                                .map(LineKind::word)
                                                                .collect(Collectors.joining(", ")))));
        return types;
    }

    private static Optional<LineKind> kind(String word) {
        return Arrays.stream(LineKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst();
    }

    private Map<String, List<String>> only() {
        var only = new HashMap<>(otherwise.only());
        section.map("only").forEach((column, values) -> only.put(column, List.of(values.split(","))));
        return only;
    }

    /** Without these no line could be held against anything. */
    private void requireWhatCounts(ReportLayout layout) {
        for (var column : List.of(
                ReportColumn.TYPE,
                ReportColumn.DATE,
                ReportColumn.CURRENCY,
                ReportColumn.CAPTURE_PAYMENT,
                ReportColumn.REFUND_PAYMENT,
                ReportColumn.REFUND_ID)) {
            if (layout.names(column).isEmpty()) {
                section.in("columns")
                        .problems()
                        .add(section.full("columns") + "." + column.word(), "missing", "a column of the report");
            }
        }
        var amount = !layout.names(ReportColumn.AMOUNT).isEmpty();
        var twoSided = !layout.names(ReportColumn.CREDIT).isEmpty()
                && !layout.names(ReportColumn.DEBIT).isEmpty();
        if (!amount && !twoSided) {
            section.problems()
                    .add(section.full("columns") + ".amount", "missing", "a column of the report, or credit and debit");
        }
    }
}
