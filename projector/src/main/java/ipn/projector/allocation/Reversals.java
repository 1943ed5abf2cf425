package ipn.projector.allocation;

import ipn.avro.ClaimStatus;
import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.projector.catalogue.KeepsAbove;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refunds, disputes and fraud flags: of a payment as a whole, or of one invoice alone.
 *
 * @param refunded minor units by currency
 * @param disputed under disputes that are open, minor units by currency
 * @param lost to disputes, minor units by currency
 * @param wholeRefunded true if a refund in full has no amount
 * @param wholeDisputed true if an open dispute has no amount: it counts as the whole
 * @param wholeLost true if a lost dispute has no amount
 * @param refundedAt newest refund, by the gateway's clock
 * @param disputedAt newest change of a dispute or a fraud flag, by the gateway's clock
 */
public record Reversals(
        Map<String, Long> refunded,
        Map<String, Long> disputed,
        Map<String, Long> lost,
        boolean wholeRefunded,
        boolean wholeDisputed,
        boolean wholeLost,
        boolean fraudFlagged,
        Optional<Instant> refundedAt,
        Optional<Instant> disputedAt) {
    static final Reversals NONE =
            new Reversals(Map.of(), Map.of(), Map.of(), false, false, false, false, Optional.empty(), Optional.empty());

    static Reversals ofPayment(PaymentState payment) {
        var disputed = sums(payment, Totals::getDisputed);
        var lost = sums(payment, Totals::getLost);
        return new Reversals(
                sums(payment, Totals::getRefunded),
                disputed,
                lost,
                false,
                isWhole(payment.getDisputeStatus(), DisputeStatus.OPEN, disputed),
                isWhole(payment.getDisputeStatus(), DisputeStatus.LOST, lost),
                payment.getFraudFlagged(),
                optional(payment.getRefundedAt()),
                optional(payment.getDisputedAt()));
    }

    static Reversals ofInvoice(Invoice invoice) {
        var disputed = Map.of(invoice.getCurrency(), invoice.getDisputed());
        var lost = Map.of(invoice.getCurrency(), invoice.getLost());
        return new Reversals(
                Map.of(invoice.getCurrency(), invoice.getRefunded()),
                disputed,
                lost,
                invoice.getFullyRefunded(),
                isWhole(invoice.getDisputeStatus(), DisputeStatus.OPEN, disputed),
                isWhole(invoice.getDisputeStatus(), DisputeStatus.LOST, lost),
                invoice.getFraudFlagged(),
                optional(invoice.getRefundedAt()),
                optional(invoice.getDisputedAt()));
    }

    /** Both together. */
    Reversals and(Reversals other) {
        return new Reversals(
                sum(refunded, other.refunded),
                sum(disputed, other.disputed),
                sum(lost, other.lost),
                wholeRefunded || other.wholeRefunded,
                wholeDisputed || other.wholeDisputed,
                wholeLost || other.wholeLost,
                fraudFlagged || other.fraudFlagged,
                latest(refundedAt, other.refundedAt),
                latest(disputedAt, other.disputedAt));
    }

    /**
     * Those of one product's portion of the money.
     *
     * @param paid with the whole invoice
     * @param byLineAt when lines of the product were last refunded
     */
    Reversals of(Portion portion, long paid, String currency, Optional<Instant> byLineAt) {
        var refunds = refunded.getOrDefault(currency, 0L);
        return new Reversals(
                Map.of(currency, portion.refunded(paid, refunds)),
                held(disputed, portion, paid, currency),
                held(lost, portion, paid, currency),
                wholeRefunded || portion.isFullyRefunded(),
                wholeDisputed || isInOther(disputed, currency),
                wholeLost || isInOther(lost, currency),
                fraudFlagged,
                byLineAt.filter(at -> portion.isRefundedByLineAlone(paid, refunds))
                        .or(() -> refundedAt),
                disputedAt);
    }

    private Map<String, Long> held(Map<String, Long> amounts, Portion portion, long paid, String currency) {
        var refunds = refunded.getOrDefault(currency, 0L);
        return Map.of(currency, portion.held(paid, refunds, amounts.getOrDefault(currency, 0L)));
    }

    /** The status of the money where any part that remains counts. */
    ClaimStatus status(long paid, String currency) {
        return status(paid, currency, KeepsAbove.ANY);
    }

    /**
     * The status of the money: PAID, or why it does not count. Refunds and lost disputes add up. An open dispute only matters if
     * the rest would not be enough once it is lost.
     *
     * @param paid minor units, 0 or more
     * @param keeps how much must remain
     */
    ClaimStatus status(long paid, String currency, KeepsAbove keeps) {
        var refunds = wholeRefunded ? paid : refunded.getOrDefault(currency, 0L);
        var losses = amount(lost, wholeLost, paid, currency);
        if (wholeRefunded || !keeps.isEnough(paid, Math.addExact(refunds, losses))) {
            return losses > 0 && losses >= refunds ? ClaimStatus.DISPUTE_LOST : ClaimStatus.REFUNDED;
        }
        if (fraudFlagged) {
            return ClaimStatus.FRAUD_FLAGGED;
        }
        var open = amount(disputed, wholeDisputed, paid, currency);
        return keeps.isEnough(paid, Math.addExact(Math.addExact(refunds, losses), open))
                ? ClaimStatus.PAID
                : ClaimStatus.DISPUTED;
    }

    /** What is disputed in another currency cannot be compared with what was paid, and counts as the whole. */
    private static long amount(Map<String, Long> amounts, boolean whole, long paid, String currency) {
        return whole || isInOther(amounts, currency) ? paid : amounts.getOrDefault(currency, 0L);
    }

    private static boolean isInOther(Map<String, Long> amounts, String currency) {
        return amounts.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(currency) && entry.getValue() > 0);
    }

    private static boolean isWhole(DisputeStatus worst, DisputeStatus status, Map<String, Long> amounts) {
        return worst == status && amounts.values().stream().allMatch(amount -> amount == 0);
    }

    private static Map<String, Long> sums(PaymentState payment, ToLongFunction<Totals> amount) {
        return payment.getTotals().stream()
                .collect(Collectors.toMap(Totals::getCurrency, amount::applyAsLong, Math::addExact));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        var sums = new TreeMap<>(one);
        other.forEach((currency, amount) -> sums.merge(currency, amount, Math::addExact));
        return sums;
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
