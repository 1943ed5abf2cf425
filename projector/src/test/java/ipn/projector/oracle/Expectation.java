package ipn.projector.oracle;

import java.util.Map;

/**
 * What must hold on a day.
 *
 * @param access by subject and entitlement, such as {@code ACTIVE until 30}; no entry: no access
 * @param books sums by account, currency and product, without those that are zero; debits are above zero
 * @param open how many discrepancies are open, by payment key and kind
 */
public record Expectation(Map<String, String> access, Map<String, Long> books, Map<String, Long> open) {}
