package ipn.operations.ledger;

import ipn.operations.ledger.LedgerGroup.By;
import ipn.operations.topic.Position;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The trial balance of the ledger.
 *
 * @param rows sums of the selected accounts, by currency, account, product and day
 * @param totals sums of all accounts, by currency; each balance must be zero
 * @param entries number of entries of the selected mode (live or test)
 * @param otherEntries number of entries of the other mode
 * @param unbalanced the first entries that do not add up to zero
 * @param unbalancedCount number of all of them
 */
public record TrialBalance(
        List<Row> rows,
        List<Row> totals,
        long entries,
        long otherEntries,
        List<Unbalanced> unbalanced,
        long unbalancedCount) {

    /**
     * What to add up.
     *
     * @param account prefix of the accounts; empty for all
     * @param since first day, UTC
     * @param until last day, UTC
     * @param test whether to add up test money only, or live money only
     */
    public record Choice(
            Set<By> by, String account, Optional<LocalDate> since, Optional<LocalDate> until, boolean test) {
        public Choice {
            by = Set.copyOf(by);
        }

        boolean covers(LocalDate day) {
            return since.filter(day::isBefore).isEmpty()
                    && until.filter(day::isAfter).isEmpty();
        }
    }

    /** @param balance debits minus credits, minor units */
    public record Row(LedgerGroup group, long debits, long credits, long balance) {
        static Row of(LedgerGroup group, LedgerSums sums) {
            return new Row(group, sums.debits(), sums.credits(), sums.balance());
        }
    }

    /** @param sums sums that are not zero, such as {@code 100 USD} in minor units */
    public record Unbalanced(String entryId, Position at, String sums) {}

    /** Whether each entry and the sum of all entries are zero in each currency. */
    public boolean balanced() {
        return unbalancedCount == 0 && totals.stream().allMatch(total -> total.balance() == 0);
    }
}
