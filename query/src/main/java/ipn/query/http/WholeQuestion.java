package ipn.query.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * Everything about one payment, order or user.
 *
 * @param id of it
 */
record WholeQuestion(Whole whole, String id) implements Question {
    private static final int ROWS_MAX = 100;

    /**
     * What is shown of one thing.
     *
     * @param path with the id at its end
     * @param parameter name of the id, in descriptions
     */
    record Whole(String path, String parameter, List<Part> parts) {
        Whole {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One list, or one object.
     *
     * @param single at most one row, as an object
     * @param select with {@code ?} for each place of the id
     */
    record Part(String name, boolean single, String select) {
        static Part one(String name, String select) {
            return new Part(name, true, select);
        }

        static Part many(String name, String select) {
            return new Part(name, false, select);
        }
    }

    @Override
    public void answer(Sql sql, ObjectNode answer) throws SQLException {
        var known = false;
        var truncated = false;
        for (var part : whole.parts()) {
            var places = (int) part.select().chars().filter(each -> each == '?').count();
            var rows = sql.rows(part.select() + " LIMIT " + (ROWS_MAX + 1), Collections.nCopies(places, id));
            known |= !rows.isEmpty();
            if (part.single()) {
                rows.stream().findFirst().ifPresent(row -> answer.set(part.name(), row));
            } else {
                truncated |= rows.size() > ROWS_MAX;
                var list = answer.putArray(part.name());
                rows.stream().limit(ROWS_MAX).forEach(list::add);
            }
        }
        if (!known) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        answer.put("truncated", truncated);
    }
}
