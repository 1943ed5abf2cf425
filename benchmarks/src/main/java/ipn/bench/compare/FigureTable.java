package ipn.bench.compare;

import ipn.app.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Figures as a text table: one line each, with a column for each side and each ratio. */
public final class FigureTable {
    private FigureTable() {}

    /** The lines of the table. */
    public static List<String> lines(List<Figure> figures) {
        var columns = new LinkedHashSet<String>();
        figures.forEach(figure -> figure.values().forEach(value -> columns.add(value.of())));
        var headings = new ArrayList<String>();
        headings.add("median (range)");
        headings.addAll(columns);
        headings.add("goal");
        var table = new Table(headings.toArray(String[]::new));
        for (var figure : figures) {
            var cells = new ArrayList<Object>();
            cells.add(figure.name());
            columns.forEach(column ->
                    cells.add(figure.value(column).map(Figure.Value::text).orElse("")));
            cells.add(goals(figure));
            table.row(cells.toArray());
        }
        return table.lines();
    }

    private static String goals(Figure figure) {
        var texts = new ArrayList<String>();
        for (var value : figure.values()) {
            var goal = value.goal();
            if (goal != null) {
                var verdict = goal.verdict(value.spread().median()).text();
                texts.add("%s %s: %s".formatted(value.of(), goal.text(), verdict));
            }
        }
        return String.join("; ", texts);
    }
}
