package ipn.key;

import java.util.Optional;

/**
 * Which discrepancy: the same while it is open and when it closes. Written {@code <kind>/<charge key>}, with
 * {@code order <order id>} where the payment names an order; {@code <kind>/order/<order id>} where the order as a whole is
 * concerned.
 *
 * @param kind one of {@code ipn.avro.DiscrepancyKind}
 * @param charge the money concerned; empty: the order as a whole
 * @param order empty only where there is a charge
 */
public record DiscrepancyId(String kind, Optional<ChargeKey> charge, Optional<OrderId> order) {
    public DiscrepancyId {
        if (charge.isEmpty() && order.isEmpty()) {
            throw new IllegalArgumentException("discrepancy id: neither a charge nor an order (expected: one of them)");
        }
    }

    @Override
    public String toString() {
        return kind + "/"
                + charge.map(key -> key
                                + order.map(id -> " order " + KeyFormat.betweenSpaces(id.value()))
                                        .orElse(""))
                        .orElseGet(() -> order.orElseThrow().qualified());
    }
}
