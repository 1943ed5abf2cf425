package ipn.key;

import java.util.Optional;

/**
 * Which discrepancy: the same while it is open and when it closes. Written {@code <kind>/<payment key>}, then {@code ,invoice=<id>},
 * {@code ,product=<name>} and {@code ,order=<order id>}, as far as they apply; {@code <kind>/order/<order id>} where the order as a whole is
 * concerned. It contains no space: people copy it from a table into a command.
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
                + charge.map(this::ofMoney)
                        .orElseGet(() ->
                                KeyFormat.withoutSpaces(order.orElseThrow().qualified()));
    }

    private String ofMoney(ChargeKey money) {
        return KeyFormat.betweenCommas(money.payment().text())
                + part("invoice", money.invoice())
                + part("product", money.product())
                + part("order", order.map(OrderId::value));
    }

    private static String part(String name, Optional<String> value) {
        return value.map(text -> "," + name + "=" + KeyFormat.betweenCommas(text))
                .orElse("");
    }
}
