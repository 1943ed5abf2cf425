package ipn.gateway.apple;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Apple decides on refunds and first sends a consumption request. A transaction has at most one refund and one refund
 * request; both have the transaction id. Apple reports chargebacks as refunds, too.
 */
final class Refunds {
    /** {@code revocationPercentage} of a refund in full: 100 percent, in thousandths of a percent. */
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100_000);

    private Refunds() {}

    static EventContent refunded(AppleEvent event) {
        var amount = amount(event);
        return new EventContent(
                0,
                amount,
                List.of(refund(event, amount, RefundStatus.SUCCEEDED), request(event, DisputeStatus.CLOSED)));
    }

    static EventContent reversed(AppleEvent event) {
        var amount = amount(event);
        return new EventContent(0, amount, List.of(refund(event, amount, RefundStatus.CANCELED)));
    }

    /** Nothing is decided yet, so access stays. */
    static EventContent asked(AppleEvent event) {
        return new EventContent(0, Optional.empty(), List.of(request(event, DisputeStatus.INQUIRY)));
    }

    static EventContent declined(AppleEvent event) {
        return new EventContent(0, Optional.empty(), List.of(request(event, DisputeStatus.CLOSED)));
    }

    private static Fact refund(AppleEvent event, Optional<Money> amount, RefundStatus status) {
        return new Fact.Refund(event.transactionId(), amount, status);
    }

    private static Fact request(AppleEvent event, DisputeStatus status) {
        var reason = event.data().at("consumptionRequestReason").code();
        return new Fact.Dispute(event.transactionId(), Optional.empty(), status, reason);
    }

    /**
     * Apple sends the percentage of a refund, not the amount; the amount is rounded half up to the currency's minor unit. Without a
     * percentage it is a full refund, as all were before 2025, unless its type is prorated. Old transactions have no price: then
     * only a full refund can be read, which has no amount.
     */
    private static Optional<Money> amount(AppleEvent event) {
        var share = share(event);
        if (share.compareTo(WHOLE) == 0) {
            return Purchases.price(event);
        }
        var price = Purchases.requiredPrice(event);
        var units = BigDecimal.valueOf(price.minorUnits()).multiply(share).divide(WHOLE, 0, RoundingMode.HALF_UP);
        return Optional.of(new Money(units.longValueExact(), price.currency()));
    }

    /** Thousandths of a percent. */
    private static BigDecimal share(AppleEvent event) {
        var share = event.transaction().at("revocationPercentage");
        if (!share.isPresent()) {
            if (event.transaction()
                    .at("revocationType")
                    .glance()
                    .filter("REFUND_PRORATED"::equals)
                    .isPresent()) {
                throw new RefusedException(Reason.MISSING_FIELD, share.pointer() + ": missing");
            }
            return WHOLE;
        }
        var thousandths = share.number(Reason.INVALID_AMOUNT);
        if (thousandths.signum() <= 0 || thousandths.compareTo(WHOLE) > 0) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, share.pointer() + ": out of range (expected: above 0 up to 100000)");
        }
        return thousandths;
    }
}
