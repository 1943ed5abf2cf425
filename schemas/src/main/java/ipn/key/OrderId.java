package ipn.key;

/** A checkout's id of an order; the record key of {@code ipn.orders}. */
public record OrderId(String value) implements Comparable<OrderId> {

    /**
     * Where an order stands in the place of an event or a payment, as in causes and discrepancies: {@code order/<order id>}, with slashes
     * percent-encoded, so that it is never a key of a gateway.
     */
    public String qualified() {
        return "order/" + KeyFormat.betweenSlashes(value);
    }

    @Override
    public int compareTo(OrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
