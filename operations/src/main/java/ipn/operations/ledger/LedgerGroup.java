package ipn.operations.ledger;

import ipn.avro.Posting;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lines of the books have in common. Amounts of different currencies never add up, so the currency is always one of it.
 *
 * @param account null where accounts are not told apart, as for the others
 * @param product null, too, of accounts that are not kept by product
 * @param day UTC
 */
public record LedgerGroup(
        String currency,
        @Nullable String account,
        @Nullable String product,
        @Nullable LocalDate day) implements Comparable<LedgerGroup> {
    /** What lines can be told apart by, besides their currency. */
    public enum By {
        ACCOUNT,
        CURRENCY,
        PRODUCT,
        DAY
    }

    private static final Comparator<LedgerGroup> ORDER = Comparator.comparing(LedgerGroup::currency)
            .thenComparing(LedgerGroup::account, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(LedgerGroup::product, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(LedgerGroup::day, Comparator.nullsFirst(Comparator.naturalOrder()));

    static LedgerGroup of(Posting line, Set<By> by) {
        return new LedgerGroup(
                line.getCurrency(),
                by.contains(By.ACCOUNT) ? line.getAccount() : null,
                by.contains(By.PRODUCT) ? line.getProduct() : null,
                by.contains(By.DAY) ? line.getDay() : null);
    }

    @Override
    public int compareTo(LedgerGroup other) {
        return ORDER.compare(this, other);
    }
}
