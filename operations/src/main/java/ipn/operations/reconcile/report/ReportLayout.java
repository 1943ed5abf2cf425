package ipn.operations.reconcile.report;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layout of a report, and the meaning of its types.
 *
 * @param columns names of the columns of the report by their meaning
 * @param required columns that the operator's settings name, which the report must have
 * @param types the kind of line of each type; a type that ends in {@code *} stands for all types with that prefix
 * @param only values by column name: a line with another value in one of these columns is skipped
 */
public record ReportLayout(
        File file,
        Numbers numbers,
        Dates dates,
        Map<ReportColumn, List<String>> columns,
        Set<ReportColumn> required,
        Map<String, LineKind> types,
        Map<String, List<String>> only) {

    /**
     * The file.
     *
     * @param skipLines number of lines to skip at the beginning
     * @param header whether a line names the columns; otherwise their names are 1, 2, 3 ...
     * @param headerMark first field of the line that names the columns; blank: it is the first line
     * @param lineMark first field of the lines to read; blank: all lines
     */
    public record File(
            char delimiter, Charset charset, int skipLines, boolean header, String headerMark, String lineMark) {}

    /**
     * Amounts.
     *
     * @param unit decimals in the main unit, or whole minor units
     * @param grouping separates thousands; blank: there is none
     * @param signs whether amounts that the merchant pays have a minus sign
     * @param feeSign whether fees that the merchant pays have a minus sign
     * @param leaving values of the direction column for amounts that the merchant pays
     */
    record Numbers(Unit unit, char decimalPoint, String grouping, Signs signs, FeeSign feeSign, List<String> leaving) {}

    /**
     * Dates.
     *
     * @param patterns of {@link java.time.format.DateTimeFormatter}, tried in this order
     * @param zone time zone of dates without one
     */
    record Dates(List<String> patterns, ZoneId zone) {}

    enum Unit {
        DECIMAL,
        MINOR
    }

    enum Signs {
        SIGNED,
        UNSIGNED
    }

    enum FeeSign {
        PLUS,
        MINUS
    }

    /** The defaults of settings that are missing. */
    static final ReportLayout PLAIN = new ReportLayout(
            new File(',', StandardCharsets.UTF_8, 0, true, "", ""),
            new Numbers(Unit.DECIMAL, '.', "", Signs.SIGNED, FeeSign.PLUS, List.of()),
            new Dates(List.of("yyyy-MM-dd HH:mm:ss"), ZoneOffset.UTC),
            Map.of(),
            Set.of(),
            Map.of(),
            Map.of());

    public ReportLayout {
        columns = Map.copyOf(columns);
        required = Set.copyOf(required);
        types = Map.copyOf(types);
        only = Map.copyOf(only);
    }

    List<String> names(ReportColumn column) {
        return columns.getOrDefault(column, List.of());
    }

    /** The kind of line of a type of the report; empty if the layout does not contain the type. */
    Optional<LineKind> kind(String type) {
        var exact = types.get(type);
        if (exact != null) {
            return Optional.of(exact);
        }
        // the longest prefix is the most specific one
        for (var length = type.length(); length >= 0; length--) {
            var beginning = types.get(type.substring(0, length) + "*");
            if (beginning != null) {
                return Optional.of(beginning);
            }
        }
        return Optional.empty();
    }
}
