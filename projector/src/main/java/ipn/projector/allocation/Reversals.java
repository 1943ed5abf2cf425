package ipn.projector.allocation;

import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What took money back, or may: of a payment as a whole, or of one bill alone.
 *
 * @param refunded minor units by currency
 * @param disputes dispute statuses
 * @param refundedAt newest refund, by the gateway's clock
 * @param disputedAt newest change of a dispute or a fraud flag, by the gateway's clock
 */
public record Reversals(
        Map<String, Long> refunded,
        Set<String> disputes,
        boolean fraudFlagged,
        Optional<Instant> refundedAt,
        Optional<Instant> disputedAt) {
    static final Reversals NONE = new Reversals(Map.of(), Set.of(), false, Optional.empty(), Optional.empty());

    static Reversals of(PaymentState payment) {
        var refunded = payment.getTotals().stream()
                .collect(Collectors.toMap(Totals::getCurrency, Totals::getRefunded, Math::addExact));
        return new Reversals(
                refunded,
                Set.of(payment.getDisputeStatus()),
                payment.getFraudFlagged(),
                optional(payment.getRefundedAt()),
                optional(payment.getDisputedAt()));
    }

    static Reversals of(Invoice bill) {
        return new Reversals(
                Map.of(bill.getCurrency(), bill.getRefunded()),
                Set.of(bill.getDisputeStatus()),
                bill.getFraudFlagged(),
                optional(bill.getRefundedAt()),
                optional(bill.getDisputedAt()));
    }

    Reversals and(Reversals other) {
        var sums = new TreeMap<>(refunded);
        other.refunded.forEach((currency, amount) -> sums.merge(currency, amount, Math::addExact));
        var all = new TreeSet<>(disputes);
        all.addAll(other.disputes);
        return new Reversals(
                sums,
                all,
                fraudFlagged || other.fraudFlagged,
                latest(refundedAt, other.refundedAt),
                latest(disputedAt, other.disputedAt));
    }

    /**
     * How money stands: PAID, or why it does not count.
     *
     * @param paid what was paid, minor units, above zero
     */
    String standing(long paid, String currency) {
        if (disputes.contains("LOST")) {
            return "DISPUTE_LOST";
        }
        if (refunded.getOrDefault(currency, 0L) >= paid) {
            return "REFUNDED";
        }
        if (fraudFlagged) {
            return "FRAUD_FLAGGED";
        }
        return disputes.contains("OPEN") ? "DISPUTED" : "PAID";
    }

    /** Whether money that stands so went back. */
    public static boolean tookBack(String standing) {
        return standing.equals("REFUNDED") || standing.equals("DISPUTE_LOST");
    }

    /** When it came to stand so, by the gateway's clock; empty for PAID. */
    Optional<Instant> since(String standing) {
        return switch (standing) {
            case "REFUNDED" -> refundedAt;
            case "DISPUTE_LOST", "DISPUTED", "FRAUD_FLAGGED" -> disputedAt;
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).max(Instant::compareTo);
    }

    private static Optional<Instant> optional(@Nullable Instant time) {
        return Optional.ofNullable(time);
    }
}
