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
 * How a report is laid out and what its words mean.
 *
 * @param columns which columns of the report hold what; absent: none does
 * @param asked columns that the operator's own settings name, so that each of them has to be there
 * @param types what the report's types mean; one that ends in {@code *} stands for all that begin so
 * @param only lines count where each of these columns has one of its values; other lines are left out, and counted
 */
public record ReportLayout(
        File file,
        Numbers numbers,
        Dates dates,
        Map<ReportColumn, List<String>> columns,
        Set<ReportColumn> asked,
        Map<String, LineKind> types,
        Map<String, List<String>> only) {

    /**
     * The file.
     *
     * @param skipLines lines before anything that counts
     * @param header whether a line names the columns; else they are called 1, 2, 3 ...
     * @param headerMark first field of the line that names the columns; blank: the first line does
     * @param lineMark first field of lines that count; blank: all do
     */
    public record File(
            char delimiter, Charset charset, int skipLines, boolean header, String headerMark, String lineMark) {}

    /**
     * Amounts.
     *
     * @param unit decimals of the main unit, or a count of the smallest
     * @param grouping separates thousands; blank: nothing does
     * @param signs whether money that leaves has a minus
     * @param feeSign whether a fee that we pay is written with a minus
     * @param leaving words in the column of the direction that say money leaves
     */
    record Numbers(Unit unit, char decimalPoint, String grouping, Signs signs, FeeSign feeSign, List<String> leaving) {}

    /**
     * Dates.
     *
     * @param patterns of {@link java.time.format.DateTimeFormatter}, tried in turn
     * @param zone where a date names none
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

    /** What the keys of settings mean that are absent. */
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
        asked = Set.copyOf(asked);
        types = Map.copyOf(types);
        only = Map.copyOf(only);
    }

    List<String> names(ReportColumn column) {
        return columns.getOrDefault(column, List.of());
    }

    /** What a type of the report means; empty where nobody has said. */
    Optional<LineKind> kind(String type) {
        var exact = types.get(type);
        if (exact != null) {
            return Optional.of(exact);
        }
        // the longest beginning says most
        for (var length = type.length(); length >= 0; length--) {
            var beginning = types.get(type.substring(0, length) + "*");
            if (beginning != null) {
                return Optional.of(beginning);
            }
        }
        return Optional.empty();
    }
}
