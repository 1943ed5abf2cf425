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

/** Reads a layout from the settings. Keys that are missing keep their earlier values. */
final class LayoutSettings {
    private static final int SKIPPED_MAX = 1_000;

    private final Settings section;
    private final ReportLayout defaults;

    private LayoutSettings(Settings section, ReportLayout defaults) {
        this.section = section;
        this.defaults = defaults;
    }

    /** @param required whether the report must have every column that these settings name */
    static ReportLayout read(Settings section, ReportLayout defaults, boolean required) {
        var reader = new LayoutSettings(section, defaults);
        var named = reader.columns();
        var columns = new EnumMap<ReportColumn, List<String>>(ReportColumn.class);
        columns.putAll(defaults.columns());
        columns.putAll(named);
        var layout = new ReportLayout(
                reader.file(),
                reader.numbers(),
                reader.dates(),
                columns,
                required && !named.isEmpty() ? EnumSet.copyOf(named.keySet()) : Set.of(),
                reader.types(),
                reader.only());
        reader.requireColumns(layout);
        return layout;
    }

    private File file() {
        var earlier = defaults.file();
        return new File(
                character("delimiter", earlier.delimiter()),
                charset(earlier.charset()),
                section.integer("skip-lines", earlier.skipLines(), 0, SKIPPED_MAX),
                section.flag("header", earlier.header()),
                section.text("header-mark", earlier.headerMark()),
                section.text("line-mark", earlier.lineMark()));
    }

    private Numbers numbers() {
        var earlier = defaults.numbers();
        return new Numbers(
                section.choice("unit", Unit.class, earlier.unit()),
                character("decimal-point", earlier.decimalPoint()),
                section.text("grouping", earlier.grouping()),
                section.choice("signs", Signs.class, earlier.signs()),
                section.choice("fee-sign", FeeSign.class, earlier.feeSign()),
                section.has("leaving") ? section.list("leaving") : earlier.leaving());
    }

    private Dates dates() {
        var earlier = defaults.dates();
        var patterns = section.has("dates") ? section.list("dates") : earlier.patterns();
        for (var pattern : patterns) {
            try {
                var unused = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            } catch (IllegalArgumentException e) {
                section.problems().add(section.full("dates"), pattern, "patterns such as yyyy-MM-dd HH:mm:ss");
            }
        }
        return new Dates(patterns, zone(earlier.zone()));
    }

    private ZoneId zone(ZoneId earlier) {
        var text = section.text("zone");
        try {
            return text.map(ZoneId::of).orElse(earlier);
        } catch (DateTimeException e) {
            section.problems()
                    .add(section.full("zone"), text.orElse(""), "a time zone such as Europe/Amsterdam or UTC");
            return earlier;
        }
    }

    private Charset charset(Charset earlier) {
        var text = section.text("charset");
        try {
            return text.map(Charset::forName).orElse(earlier);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            section.problems().add(section.full("charset"), text.orElse(""), "a charset such as utf-8 or windows-1252");
            return earlier;
        }
    }

    private char character(String key, char earlier) {
        var text = section.text(key).orElse(String.valueOf(earlier));
        if (text.length() != 1) {
            section.problems().add(section.full(key), text, "one character");
            return earlier;
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
                columns.list(
                        column.word()); // marks the key as known, so that the message about a misspelled key lists it
            }
        }
        return named;
    }

    private Map<String, LineKind> types() {
        var types = new HashMap<>(defaults.types());
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
        var only = new HashMap<>(defaults.only());
        section.map("only").forEach((column, values) -> only.put(column, List.of(values.split(","))));
        return only;
    }

    /** Requires the columns without which no line can be compared. */
    private void requireColumns(ReportLayout layout) {
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
