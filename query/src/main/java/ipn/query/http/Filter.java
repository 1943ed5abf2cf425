package ipn.query.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A parameter that narrows a list.
 *
 * @param parameter its name
 * @param conditions what rows must meet for a value, which is checked
 * @param rare whether few rows have any one value. The database cannot know this of a search for words, and would read row after row in
 *     the order of the list until a page is full: all rows, if none meets the condition
 */
record Filter(String parameter, Kind kind, Function<String, Condition> conditions, boolean rare) {
    private static final String PLACE = "%s";

    /**
     * SQL with {@code ?} for each value; values are never part of the text of a statement.
     *
     * @param values as many as places
     */
    record Condition(String sql, List<String> values) {
        Condition {
            values = List.copyOf(values);
        }

        /** Either of them holds. */
        Condition or(Condition other) {
            var both = new ArrayList<>(values);
            both.addAll(other.values());
            return new Condition("(" + sql + " OR " + other.sql() + ")", both);
        }
    }

    /** @param condition SQL with {@code %s} for each place of the value */
    Filter(String parameter, Kind kind, String condition) {
        this(parameter, kind, value -> condition(kind, condition, value));
    }

    Filter(String parameter, Kind kind, Function<String, Condition> conditions) {
        this(parameter, kind, conditions, false);
    }

    /** The same, of which any one value is rare. */
    Filter ofRare() {
        return new Filter(parameter, kind, conditions, true);
    }

    /** A condition with {@code %s} for each place of the value. */
    static Condition condition(Kind kind, String text, String value) {
        return new Condition(
                text.replace(PLACE, "?::" + kind.sqlType()),
                Collections.nCopies(text.split(PLACE, -1).length - 1, value));
    }

    Condition condition(String value) {
        return conditions.apply(value);
    }
}
