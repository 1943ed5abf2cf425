package ipn.operations.ledger;

import ipn.operations.ledger.LedgerGroup.By;
import ipn.operations.topic.Position;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the books add up to.
 *
 * @param rows of the accounts asked for, by currency, account, product and day
 * @param totals of all accounts, by currency: each balance must be zero
 * @param entries read, of the money asked for
 * @param otherEntries read, of the other: test money where live was asked for, or the reverse
 * @param unbalanced the first entries found that do not add up to zero, with where they stand
 * @param unbalancedCount all of them
 */
public record TrialBalance(
        List<Row> rows,
        List<Row> totals,
        long entries,
        long otherEntries,
        List<Unbalanced> unbalanced,
        long unbalancedCount) {

    /**
     * What is asked for.
     *
     * @param account begins with it; empty for all
     * @param since first day, UTC
     * @param until last day, UTC
     * @param test true: test money, and nothing else; false: live money, and nothing else
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

    /** @param balance debits less credits, minor units */
    public record Row(LedgerGroup group, long debits, long credits, long balance) {
        static Row of(LedgerGroup group, LedgerSums sums) {
            return new Row(group, sums.debits(), sums.credits(), sums.balance());
        }
    }

    /** @param sums that are not zero, such as {@code 100 USD} in minor units */
    public record Unbalanced(String entryId, Position at, String sums) {}

    /** Whether every entry, and all of them together, add up to zero in each currency. */
    public boolean balanced() {
        return unbalancedCount == 0 && totals.stream().allMatch(total -> total.balance() == 0);
    }
}
