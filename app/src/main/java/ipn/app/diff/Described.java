package ipn.app.diff;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one side has under a key, as texts: two sides are the same where the fields are equal.
 *
 * @param user whom it concerns; empty if unknown
 * @param fields by name
 * @param money behind it: minor units by currency
 */
record Described(String user, Map<String, String> fields, Map<String, Long> money) {
    Described {
        fields = new TreeMap<>(fields);
        money = new TreeMap<>(money);
    }
}
