package ipn.operations.reconcile.report;

import ipn.operations.reconcile.report.ReportHeader.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of one line by their meaning. */
record ReportRow(ReportHeader header, List<String> fields) {
    /** The first field with a meaning that is not blank. */
    Optional<Cell> first(ReportColumn column) {
        for (var place : header.get(column)) {
            var text = text(place);
            if (!text.isEmpty()) {
                return Optional.of(new Cell(place.name(), text));
            }
        }
        return Optional.empty();
    }

    String word(ReportColumn column) {
        return first(column).map(Cell::text).orElse("");
    }

    /** All fields with a meaning, blank ones included. */
    List<Cell> all(ReportColumn column) {
        var cells = new ArrayList<Cell>();
        for (var place : header.get(column)) {
            cells.add(new Cell(place.name(), text(place)));
        }
        return cells;
    }

    String joined(ReportColumn column, String separator) {
        var words = new ArrayList<String>();
        for (var place : header.get(column)) {
            words.add(text(place));
        }
        return String.join(separator, words);
    }

    /** Whether a field of the layout contains a line break: then a closing quote is missing, and the field contains the next lines. */
    boolean spansLines() {
        for (var places : header.places().values()) {
            for (var place : places) {
                if (fields.get(place.index()).indexOf('\n') >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the values are those that the layout requires. */
    boolean isIncluded() {
        for (var entry : header.only().entrySet()) {
            if (!entry.getValue().contains(fields.get(entry.getKey()).strip())) {
                return false;
            }
        }
        return true;
    }

    private String text(Place place) {
        return fields.get(place.index()).strip();
    }

    /** A field and the name of its column. */
    record Cell(String column, String text) {}
}
