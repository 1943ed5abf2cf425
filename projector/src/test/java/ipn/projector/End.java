package ipn.projector;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The state once a history is over.
 *
 * @param access what each entitlement key adds up to; without those whose claims are all withdrawn
 * @param open discrepancies that are open, their ids first
 * @param balances sums that are not zero, by ledger account, currency, product and day
 * @param notified ids of notifications
 */
record End(List<String> access, List<String> open, Map<String, Long> balances, SortedSet<String> notified) {
    /** What all accounts with this prefix add up to. */
    long balance(String account) {
        return balances.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(account))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
