package ipn.projector.allocation;

import ipn.avro.PaymentState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a set of payments is worth together: the payment itself, and whatever pays for it.
 *
 * @param payments in the order of their payment keys
 */
public record CombinedPayments(Collection<PaymentState> payments) {

    public static CombinedPayments of(PaymentState own, Collection<PaymentState> settledBy) {
        var sorted = new TreeMap<String, PaymentState>();
        settledBy.forEach(payment -> sorted.put(payment.getPaymentKey(), payment));
        sorted.put(own.getPaymentKey(), own);
        return new CombinedPayments(sorted.values());
    }

    /** Taken from payers, by currency; entries are above zero. */
    TreeMap<String, Long> captured() {
        var captured = new TreeMap<String, Long>();
        payments.stream()
                .flatMap(payment -> payment.getTotals().stream())
                .filter(totals -> totals.getCaptured() > 0)
                .forEach(totals -> captured.merge(totals.getCurrency(), totals.getCaptured(), Math::addExact));
        return captured;
    }

    /** When money was first taken by any of them, by the gateways' clocks. */
    Optional<Instant> capturedAt() {
        return payments.stream()
                .map(PaymentState::getCapturedAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** Whom and what they say they are for. */
    References named() {
        return new References(reference("order"), reference("subject"), reference("product"), reference("reference"));
    }

    /** What took back money of any of them. */
    Reversals reversals() {
        return payments.stream().map(Reversals::of).reduce(Reversals.NONE, Reversals::and);
    }

    /** What took back money of the others, which pay for it. */
    Reversals reversalsOfPayers(PaymentState own) {
        return payments.stream()
                .filter(payment -> !payment.getPaymentKey().equals(own.getPaymentKey()))
                .map(Reversals::of)
                .reduce(Reversals.NONE, Reversals::and);
    }

    /** The word under a name, from the first payment that has one. */
    public Optional<String> reference(String name) {
        return payments.stream()
                .map(payment -> payment.getReferences().get(name))
                .filter(word -> word != null && !word.isBlank())
                .findFirst();
    }

    /** The gateways' own names for what was bought. */
    List<String> skus() {
        return payments.stream().flatMap(payment -> payment.getSkus().stream()).toList();
    }
}
