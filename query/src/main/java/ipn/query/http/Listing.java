package ipn.query.http;

import java.util.List;
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

    Optional<Filter> filter(String parameter) {
        return filters.stream()
                .filter(filter -> filter.parameter().equals(parameter))
                .findFirst();
    }
}
