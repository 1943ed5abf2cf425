package ipn.key;

/**
 * Which ledger entry: written {@code <payment key or order id>/<number>}. Slashes of an order id are percent-encoded: it is never a payment
 * key.
 *
 * @param number counts from 1 for each key
 */
public record LedgerEntryId(String key, long number) {
    public static LedgerEntryId of(PaymentKey payment, long number) {
        return new LedgerEntryId(payment.text(), number);
    }

    public static LedgerEntryId of(OrderId order, long number) {
        return new LedgerEntryId(KeyFormat.betweenSlashes(order.value()), number);
    }

    @Override
    public String toString() {
        return key + "/" + number;
    }
}
