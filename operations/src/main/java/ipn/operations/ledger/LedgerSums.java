package ipn.operations.ledger;

/**
 * Sums of ledger lines, in minor units of one currency.
 *
 * @param debits 0 or more
 * @param credits 0 or more
 */
public record LedgerSums(long debits, long credits) {
    static final LedgerSums ZERO = new LedgerSums(0, 0);

    static LedgerSums of(long amount) {
        return amount > 0 ? new LedgerSums(amount, 0) : new LedgerSums(0, Math.negateExact(amount));
    }

    /** Debits minus credits. */
    public long balance() {
        return debits - credits;
    }

    LedgerSums and(LedgerSums other) {
        return new LedgerSums(Math.addExact(debits, other.debits), Math.addExact(credits, other.credits));
    }
}
