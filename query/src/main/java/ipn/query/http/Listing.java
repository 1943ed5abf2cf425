package ipn.query.http;

import ipn.query.http.Filter.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question for a list, the newest first, page by page.
 *
 * @param path such as {@code /v1/ledger}
 * @param name of the list in the answer
 * @param table or view
 * @param time column it is sorted by, then by id, both from the newest on
 * @param id column that is unique
 */
record Listing(String path, String name, String table, String time, String id, List<Filter> filters) {
    Listing {
        filters = List.copyOf(filters);
    }

    /** The rows that meet all parameters; others are left to the question. */
    Condition selected(Map<String, String> parameters) {
        var sql = new StringBuilder("true");
        var values = new ArrayList<String>();
        for (var filter : filters) {
            var value = parameters.get(filter.parameter());
            if (value != null) {
                var condition = filter.condition(value);
                sql.append(" AND (").append(condition.sql()).append(')');
                values.addAll(condition.values());
            }
        }
        return new Condition(sql.toString(), values);
    }

    /**
     * Table and condition of the rows that are selected, as they follow FROM. Another condition may be added with AND. Those of a rare value
     * are found before they are sorted.
     */
    String rows(Condition selected, Map<String, String> parameters) {
        var rare = filters.stream().anyMatch(filter -> filter.rare() && parameters.containsKey(filter.parameter()));
        return rare
                // PostgreSQL does not move order and limit into a query with an offset
                ? "(SELECT * FROM %s WHERE %s OFFSET 0) AS found WHERE true".formatted(table, selected.sql())
                : "%s WHERE %s".formatted(table, selected.sql());
    }

    Optional<Filter> filter(String parameter) {
        return filters.stream()
                .filter(filter -> filter.parameter().equals(parameter))
                .findFirst();
    }
}
