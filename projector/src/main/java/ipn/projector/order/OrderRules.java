package ipn.projector.order;

import ipn.avro.Order;
import ipn.topics.Reason;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules that a record of {@code ipn.orders} must keep. */
public final class OrderRules {
    private static final int ID_MAX = 200;
    private static final int WORD_MAX = 500;

    private OrderRules() {}

    /**
     * @param detail for people: what was expected where; never a value
     */
    public record Violation(Reason reason, String detail) {}

    /**
     * The first rule that it breaks; empty: it keeps all.
     *
     * @param key of its record
     * @param order null: it is withdrawn
     */
    public static Optional<Violation> violation(String key, @Nullable Order order) {
        if (key.isBlank() || key.length() > ID_MAX) {
            return violated(Reason.INVALID_ID, "key: no order id (expected: text of 1 to 200 characters)");
        }
        return order == null ? Optional.empty() : violationOf(key, order);
    }

    private static Optional<Violation> violationOf(String key, Order order) {
        if (!order.getOrderId().equals(key)) {
            return violated(Reason.INVALID_ID, "orderId: not the record's key (expected: the same)");
        }
        var words = Stream.of(order.getSubject(), order.getProduct(), order.getReference(), order.getGatewayAccount());
        if (words.filter(Objects::nonNull).anyMatch(word -> word.length() > WORD_MAX)) {
            return violated(
                    Reason.INVALID_ID,
                    "subject, product, reference or gatewayAccount: too long (expected: at most %d characters)"
                            .formatted(WORD_MAX));
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
