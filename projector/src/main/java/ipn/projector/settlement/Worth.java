package ipn.projector.settlement;

import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What a set of payments is worth together: the payment itself, and whatever pays for it.
 *
 * @param payments in the order of their payment keys
 */
record Worth(Collection<PaymentState> payments) {

    static Worth of(PaymentState own, Collection<PaymentState> settledBy) {
        var sorted = new TreeMap<String, PaymentState>();
        settledBy.forEach(payment -> sorted.put(payment.getPaymentKey(), payment));
        sorted.put(own.getPaymentKey(), own);
        return new Worth(sorted.values());
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

    /**
     * How it stands: PAID, or why it does not count.
     *
     * @param paid what was paid, minor units, above zero
     */
    String standing(long paid, String currency) {
        if (any(payment -> payment.getDisputeStatus().equals("LOST"))) {
            return "DISPUTE_LOST";
        }
        if (sum(currency, Totals::getRefunded) >= paid) {
            return "REFUNDED";
        }
        if (any(PaymentState::getFraudFlagged)) {
            return "FRAUD_FLAGGED";
        }
        return any(payment -> payment.getDisputeStatus().equals("OPEN")) ? "DISPUTED" : "PAID";
    }

    /** When it came to stand so, by the gateway's clock; empty for PAID. */
    Optional<Instant> since(String standing) {
        return switch (standing) {
            case "REFUNDED" -> latest(PaymentState::getRefundedAt);
            case "DISPUTE_LOST", "DISPUTED", "FRAUD_FLAGGED" -> latest(PaymentState::getDisputedAt);
            default -> Optional.empty();
        };
    }

    /** The word under a name, from the first payment that has one. */
    Optional<String> reference(String name) {
        return payments.stream()
                .map(payment -> payment.getReferences().get(name))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Optional<Instant> latest(Function<PaymentState, Instant> time) {
        return payments.stream().map(time).filter(Objects::nonNull).max(Comparator.naturalOrder());
    }

    private long sum(String currency, ToLongFunction<Totals> amount) {
        return payments.stream()
                .flatMap(payment -> payment.getTotals().stream())
                .filter(totals -> totals.getCurrency().equals(currency))
                .mapToLong(amount)
                .sum();
    }

    private boolean any(Predicate<PaymentState> test) {
        return payments.stream().anyMatch(test);
    }
}
