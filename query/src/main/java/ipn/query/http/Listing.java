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

    Optional<Filter> filter(String parameter) {
        return filters.stream()
                .filter(filter -> filter.parameter().equals(parameter))
                .findFirst();
    }
}
