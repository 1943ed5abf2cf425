package ipn.projector.order;

import ipn.avro.Order;
import ipn.topics.Reason;
import java.util.Optional;

/** What an order must be to mean anything. */
public final class OrderRules {
    private static final int ID_MAX = 200;

    private OrderRules() {}

    /**
     * @param detail for people: what was expected where; never a value
     */
    public record Violation(Reason reason, String detail) {}

    /**
     * The first rule that it breaks.
     *
     * @param key of its record
     */
    public static Optional<Violation> violation(String key, Order order) {
        if (!order.getOrderId().equals(key) || key.isBlank() || key.length() > ID_MAX) {
            return violated(
                    Reason.INVALID_ID, "orderId: not the record's key (expected: the same, 1 to 200 characters)");
        }
        if (order.getSubject().isBlank() || order.getProduct().isBlank()) {
            return violated(Reason.MISSING_FIELD, "subject or product: blank (expected: both)");
        }
        if (order.getAmount() < 0) {
            return violated(Reason.INVALID_AMOUNT, "amount: below zero (expected: minor units, 0 or more)");
        }
        return order.getCurrency().matches("[A-Z]{3}")
                ? Optional.empty()
                : violated(Reason.UNKNOWN_CURRENCY, "currency: not an ISO 4217 code (expected: three capitals)");
    }

    private static Optional<Violation> violated(Reason reason, String detail) {
        return Optional.of(new Violation(reason, detail));
    }
}
