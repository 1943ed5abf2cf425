package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.app.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Prints the differences between what exists and what is expected, as a table or JSON, and decides the exit code.
 *
 * @param none printed if there is no difference
 * @param applying the command that corrects differences
 * @param headings of the columns
 * @param cells of one difference
 */
record DifferenceReport<D>(
        Session session, String none, String applying, List<String> headings, Function<D, List<String>> cells) {

    /** What was compared, each difference with a note if the command corrects it. */
    int checked(List<D> differences, Predicate<D> correctable) {
        var rows = rows(differences, each -> correctable.test(each) ? "'%s' corrects it".formatted(applying) : "");
        return print(differences, rows, differences.isEmpty());
    }

    /**
     * What was corrected and what was not.
     *
     * @param result printed as JSON
     */
    int applied(Object result, List<D> corrected, List<D> remaining) {
        var rows = new ArrayList<>(rows(corrected, each -> "corrected"));
        rows.addAll(rows(remaining, each -> "not corrected"));
        return print(result, rows, remaining.isEmpty());
    }

    /** Differences whose cells say what was done with each. */
    int listed(List<D> differences, boolean noneRemains) {
        return print(differences, rows(differences, each -> ""), noneRemains);
    }

    private List<List<String>> rows(List<D> differences, Function<D, String> note) {
        return differences.stream()
                .map(each -> Stream.concat(cells.apply(each).stream(), Stream.of(note.apply(each)))
                        .toList())
                .toList();
    }

    private int print(Object result, List<List<String>> rows, boolean noneRemains) {
        session.show(result, () -> table(rows));
        if (noneRemains) {
            session.terminal().printErr(none);
        }
        return noneRemains ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    /** The column of notes has no heading. */
    private Table table(List<List<String>> rows) {
        var table = new Table(Stream.concat(headings.stream(), Stream.of("")).toArray(String[]::new));
        rows.forEach(row -> table.row(row.toArray()));
        return table;
    }
}
