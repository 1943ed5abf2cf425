package ipn.operations.ledger;

import ipn.avro.Posting;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group of ledger lines. Amounts of different currencies are never added, so the currency is always part of it.
 *
 * @param account null if lines are not grouped by account; the same for the others
 * @param product also null for accounts without products
 * @param day UTC
 */
public record LedgerGroup(
        String currency,
        @Nullable String account,
        @Nullable String product,
        @Nullable LocalDate day) implements Comparable<LedgerGroup> {
    /** What lines can be grouped by, in addition to their currency. */
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
