package ipn.projector.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Something sold.
 *
 * @param entitlement what buying it lets a subject use
 * @param interval of a subscription: what one payment pays for where the gateway does not say
 * @param grace of a subscription: how long access lasts while a renewal is awaited or has failed
 * @param cancellation of a subscription: when access ends if it is canceled with paid time left
 * @param scoped true: access is to one thing the payment refers to, such as a campaign
 * @param prices what it costs, and has cost before
 * @param tolerance how far a payment may lie from its price, or from its order, and still match
 * @param offers what it may be sold with
 * @param keepsAbove how much of a payment must remain after refunds and lost disputes so that access lasts
 */
public record Product(
        String name,
        String entitlement,
        Kind kind,
        Period interval,
        Duration grace,
        Cancellation cancellation,
        boolean scoped,
        Prices prices,
        Tolerance tolerance,
        Offers offers,
        KeepsAbove keepsAbove) {
    public enum Kind {
        SUBSCRIPTION,
        ONCE
    }

    /**
     * A product whose price is exact and never changes, with the usual offers and the defaults for cancellations and refunds in part.
     *
     * @param prices minor units by currency; empty: only an order says what it costs
     */
    public Product(
            String name,
            String entitlement,
            Kind kind,
            Period interval,
            Duration grace,
            boolean scoped,
            Map<String, Long> prices) {
        this(
                name,
                entitlement,
                kind,
                interval,
                grace,
                Cancellation.AT_PERIOD_END,
                scoped,
                Prices.always(prices),
                Tolerance.NONE,
                Offers.USUAL,
                KeepsAbove.DEFAULT);
    }

    /** The end of the period one payment pays for, from its start. */
    public Instant periodEnd(Instant start) {
        return start.atZone(ZoneOffset.UTC).plus(interval).toInstant();
    }

    /**
     * The same for a later period of a subscription. One that began on the 31st is paid on the last day of a shorter month, and that
     * payment lasts until the 31st again.
     *
     * @param first start of its first period, which sets the day of the month
     */
    public Instant periodEnd(Instant start, Instant first) {
        var from = start.atZone(ZoneOffset.UTC).toLocalDate();
        var end = periodEnd(start).atZone(ZoneOffset.UTC);
        var anchor = first.atZone(ZoneOffset.UTC).getDayOfMonth();
        return interval.getDays() == 0 && from.getDayOfMonth() == from.lengthOfMonth() && anchor > end.getDayOfMonth()
                ? end.withDayOfMonth(Math.min(anchor, end.toLocalDate().lengthOfMonth()))
                        .toInstant()
                : end.toInstant();
    }
}
