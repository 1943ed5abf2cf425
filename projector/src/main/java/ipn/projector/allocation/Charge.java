package ipn.projector.allocation;

import ipn.avro.ClaimStatus;
import ipn.key.ChargeKey;
import ipn.key.PaymentKey;
import ipn.projector.catalogue.PriceTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Money that a payment took: as a whole, or with one invoice.
 *
 * @param subscription payment key of the subscription that it pays a period of; empty: none
 * @param at start of what it pays for, by the gateway's clock
 * @param takenAt when the money was taken, by the gateway's clock, as early as is known: never later than it was
 * @param mayKeepPrice a charge of a subscription that is not known to be its first
 * @param paid minor units, 0 or more; 0 if a discount or credit paid an invoice
 * @param status PAID, or why nothing of it counts
 */
public record Charge(
        ChargeKey key,
        Optional<PaymentKey> subscription,
        Instant at,
        Instant takenAt,
        boolean mayKeepPrice,
        long paid,
        String currency,
        ClaimStatus status) {
    /** Does not depend on the order of arrival. */
    public static final Comparator<Charge> EARLIEST_FIRST =
            Comparator.comparing(Charge::at).thenComparing(Charge::key);

    /** When its price was agreed on, as early as is known: an invoice is calculated before its money is taken, and a payment when it is. */
    public PriceTime priceTime() {
        return new PriceTime(at.isBefore(takenAt) ? at : takenAt, mayKeepPrice);
    }

    /** Whether all of the money was refunded, or lost to disputes. */
    public boolean isReversed() {
        return Reversals.isReversed(status);
    }
}
