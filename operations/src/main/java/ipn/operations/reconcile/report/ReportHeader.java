package ipn.operations.reconcile.report;

import ipn.operations.reconcile.report.ReportColumn.Use;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The columns of a report and their indexes.
 *
 * @param places the places of each column of the layout that the report has
 * @param only by index, the values that a line must have to be counted
 */
record ReportHeader(int width, Map<ReportColumn, List<Place>> places, Map<Integer, List<String>> only) {
    private static final List<ReportColumn> NEEDED = List.of(
            ReportColumn.TYPE,
            ReportColumn.DATE,
            ReportColumn.CURRENCY,
            ReportColumn.CAPTURE_PAYMENT,
            ReportColumn.REFUND_ID);

    /** A column of the report. */
    record Place(String name, int index) {}

    /**
     * Finds the columns of a layout in the header line.
     *
     * @throws ReportException that names every missing column, and all columns of the report
     */
    static ReportHeader read(List<String> names, ReportLayout layout) {
        var indexes = new HashMap<String, Integer>();
        for (var i = 0; i < names.size(); i++) {
            indexes.putIfAbsent(names.get(i).strip(), i);
        }
        var missing = new TreeSet<String>();
        var places = new EnumMap<ReportColumn, List<Place>>(ReportColumn.class);
        for (var column : ReportColumn.values()) {
            var found = new ArrayList<Place>();
            for (var name : layout.names(column)) {
                var index = indexes.get(name.strip());
                if (index != null) {
                    found.add(new Place(name, index));
                } else if (layout.required().contains(column) || column.use() == Use.JOINED) {
                    missing.add(shown(name, column));
                }
            }
            places.put(column, found);
            if (found.isEmpty() && NEEDED.contains(column)) {
                missing.add(shown(String.join(" or ", layout.names(column)), column));
            }
        }
        if (places.getOrDefault(ReportColumn.AMOUNT, List.of()).isEmpty()
                && (places.getOrDefault(ReportColumn.CREDIT, List.of()).isEmpty()
                        || places.getOrDefault(ReportColumn.DEBIT, List.of()).isEmpty())) {
            missing.add(shown(String.join(" or ", layout.names(ReportColumn.AMOUNT)), ReportColumn.AMOUNT));
        }
        return new ReportHeader(names.size(), places, only(layout, indexes, missing, names));
    }

    private static Map<Integer, List<String>> only(
            ReportLayout layout, Map<String, Integer> indexes, TreeSet<String> missing, List<String> names) {
        var only = new HashMap<Integer, List<String>>();
        layout.only().forEach((name, values) -> {
            var index = indexes.get(name);
            if (index == null) {
                missing.add(name + " (only)");
            } else {
                only.put(index, values);
            }
        });
        if (!missing.isEmpty()) {
            throw new ReportException(
                    "the report has no column %s (expected: the column names of section reconcile; found: %s)"
                            .formatted(String.join(", ", missing), String.join(", ", names)));
        }
        return only;
    }

    private static String shown(String name, ReportColumn column) {
        return "%s (%s)".formatted(name.isEmpty() ? "-" : name, column.word());
    }

    List<Place> get(ReportColumn column) {
        return places.getOrDefault(column, List.of());
    }
}
