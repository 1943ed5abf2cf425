package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.key.OrderId;
import ipn.key.SubjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A payment and whatever pays it, added up.
 *
 * @param payments in the order of their payment keys
 */
public record CombinedPayments(Collection<PaymentState> payments) {

    /** @param paidBy the payments that pay it */
    public static CombinedPayments combine(PaymentState own, Collection<PaymentState> paidBy) {
        var sorted = new TreeMap<String, PaymentState>();
        paidBy.forEach(payment -> sorted.put(payment.getPaymentKey(), payment));
        sorted.put(own.getPaymentKey(), own);
        return new CombinedPayments(sorted.values());
    }

    /** Captured, by currency; entries are above zero. */
    TreeMap<String, Long> captured() {
        var captured = new TreeMap<String, Long>();
        payments.stream()
                .flatMap(payment -> payment.getTotals().stream())
                .filter(totals -> totals.getCaptured() > 0)
                .forEach(totals -> captured.merge(totals.getCurrency(), totals.getCaptured(), Math::addExact));
        return captured;
    }

    /** When money was first captured by any of them, by the gateways' clocks. */
    Optional<Instant> capturedAt() {
        return payments.stream()
                .map(PaymentState::getCapturedAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** Whom and what they are for: of each word the first that is there. */
    References references() {
        return new References(
                order(), reference("subject").map(SubjectId::new), reference("product"), reference("reference"));
    }

    /** The order that they are for. */
    Optional<OrderId> order() {
        return reference("order").map(OrderId::new);
    }

    /** The reversals of all of them. */
    Reversals reversals() {
        return payments.stream().map(Reversals::ofPayment).reduce(Reversals.NONE, Reversals::and);
    }

    /** The reversals of the others, which pay it. */
    Reversals reversalsOfPayers(PaymentState own) {
        return payments.stream()
                .filter(payment -> !payment.getPaymentKey().equals(own.getPaymentKey()))
                .map(Reversals::ofPayment)
                .reduce(Reversals.NONE, Reversals::and);
    }

    /** The gateways' own names for what was bought. */
    List<String> skus() {
        return payments.stream().flatMap(payment -> payment.getSkus().stream()).toList();
    }

    private Optional<String> reference(String name) {
        return payments.stream()
                .map(payment -> payment.getReferences().get(name))
                .filter(word -> word != null && !word.isBlank())
                .findFirst();
    }
}
