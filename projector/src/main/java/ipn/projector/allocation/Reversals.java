package ipn.projector.allocation;

import ipn.avro.ClaimStatus;
import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refunds, disputes and fraud flags: of a payment as a whole, or of one invoice alone.
 *
 * @param refunded minor units by currency
 * @param disputes dispute statuses
 * @param refundedAt newest refund, by the gateway's clock
 * @param disputedAt newest change of a dispute or a fraud flag, by the gateway's clock
 */
public record Reversals(
        Map<String, Long> refunded,
        Set<DisputeStatus> disputes,
        boolean fraudFlagged,
        Optional<Instant> refundedAt,
        Optional<Instant> disputedAt) {
    static final Reversals NONE = new Reversals(Map.of(), Set.of(), false, Optional.empty(), Optional.empty());

    static Reversals ofPayment(PaymentState payment) {
        var refunded = payment.getTotals().stream()
                .collect(Collectors.toMap(Totals::getCurrency, Totals::getRefunded, Math::addExact));
        return new Reversals(
                refunded,
                Set.of(payment.getDisputeStatus()),
                payment.getFraudFlagged(),
                optional(payment.getRefundedAt()),
                optional(payment.getDisputedAt()));
    }

    static Reversals ofInvoice(Invoice invoice) {
        return new Reversals(
                Map.of(invoice.getCurrency(), invoice.getRefunded()),
                Set.of(invoice.getDisputeStatus()),
                invoice.getFraudFlagged(),
                optional(invoice.getRefundedAt()),
                optional(invoice.getDisputedAt()));
    }

    /** Both together. */
    Reversals and(Reversals other) {
        var sums = new TreeMap<>(refunded);
        other.refunded.forEach((currency, amount) -> sums.merge(currency, amount, Math::addExact));
        var all = EnumSet.noneOf(DisputeStatus.class);
        all.addAll(disputes);
        all.addAll(other.disputes);
        return new Reversals(
                sums,
                all,
                fraudFlagged || other.fraudFlagged,
                latest(refundedAt, other.refundedAt),
                latest(disputedAt, other.disputedAt));
    }

    /**
     * The status of the money: PAID, or why it does not count.
     *
     * @param paid minor units, above zero
     */
    ClaimStatus status(long paid, String currency) {
        if (disputes.contains(DisputeStatus.LOST)) {
            return ClaimStatus.DISPUTE_LOST;
        }
        if (refunded.getOrDefault(currency, 0L) >= paid) {
            return ClaimStatus.REFUNDED;
        }
        if (fraudFlagged) {
            return ClaimStatus.FRAUD_FLAGGED;
        }
        return disputes.contains(DisputeStatus.OPEN) ? ClaimStatus.DISPUTED : ClaimStatus.PAID;
    }

    /** Whether money of this status was refunded, or lost to a dispute. */
    public static boolean isReversed(ClaimStatus status) {
        return status == ClaimStatus.REFUNDED || status == ClaimStatus.DISPUTE_LOST;
    }

    /** When the money came to this status, by the gateway's clock; empty for what is no reversal. */
    Optional<Instant> since(ClaimStatus status) {
        return switch (status) {
            case REFUNDED -> refundedAt;
            case DISPUTE_LOST, DISPUTED, FRAUD_FLAGGED -> disputedAt;
            case PAID,
                    FAILED,
                    PENDING,
                    TRIALING,
                    ACTIVE,
                    PAST_DUE,
                    UNPAID,
                    PAUSED,
                    CANCELED,
                    EXPIRED,
                    WITHDRAWN,
                    CREDITED,
                    UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).max(Instant::compareTo);
    }

    private static Optional<Instant> optional(@Nullable Instant time) {
        return Optional.ofNullable(time);
    }
}
