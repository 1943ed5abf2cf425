package ipn.order;

import ipn.avro.Order;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.List;
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
        return violations(key, order).stream().findFirst();
    }

    /** All rules that it breaks. */
    public static List<Violation> violations(String key, @Nullable Order order) {
        var all = new ArrayList<Violation>();
        if (key.isBlank() || key.length() > ID_MAX) {
            all.add(new Violation(Reason.INVALID_ID, "key: no order id (expected: text of 1 to 200 characters)"));
        }
        if (order != null) {
            addViolations(all, key, order);
        }
        return all;
    }

    private static void addViolations(List<Violation> all, String key, Order order) {
        if (!order.getOrderId().equals(key)) {
            all.add(new Violation(Reason.INVALID_ID, "orderId: not the record's key (expected: the same)"));
        }
        var words = Stream.of(order.getSubject(), order.getProduct(), order.getReference(), order.getGatewayAccount());
        if (words.filter(Objects::nonNull).anyMatch(word -> word.length() > WORD_MAX)) {
            all.add(new Violation(
                    Reason.INVALID_ID,
                    "subject, product, reference or gatewayAccount: too long (expected: at most %d characters)"
                            .formatted(WORD_MAX)));
        }
        if (order.getSubject().isBlank() || order.getProduct().isBlank()) {
            all.add(new Violation(Reason.MISSING_FIELD, "subject or product: blank (expected: both)"));
        }
        if (order.getAmount() < 0) {
            all.add(new Violation(Reason.INVALID_AMOUNT, "amount: below zero (expected: minor units, 0 or more)"));
        }
        if (!order.getCurrency().matches("[A-Z]{3}")) {
            all.add(new Violation(
                    Reason.UNKNOWN_CURRENCY, "currency: not an ISO 4217 code (expected: three capitals)"));
        }
    }
}
