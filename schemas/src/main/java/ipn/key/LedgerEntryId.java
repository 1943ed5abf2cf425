package ipn.key;

/**
 * Which ledger entry: written {@code <payment key or order id>/<number>}.
 *
 * @param number counts from 1 for each key
 */
public record LedgerEntryId(String key, long number) {
    @Override
    public String toString() {
        return key + "/" + number;
    }
}
