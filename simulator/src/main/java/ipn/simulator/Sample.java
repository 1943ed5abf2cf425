package ipn.simulator;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a simulated notification says.
 *
 * @param references the merchant's own words: order, subject, product, reference
 * @param amount of the payment, the refund or the bill
 * @param at when it happened, by the gateway's clock
 * @param period what a bill or a subscription covers
 */
public record Sample(Ids ids, Map<ReferenceName, String> references, Money amount, Instant at, Period period) {
    /** From one instant to another. */
    public record Period(Instant from, Instant until) {
        private static final Duration MONTH = Duration.ofDays(30);

        public static Period monthFrom(Instant from) {
            return new Period(from, from.plus(MONTH));
        }

        public Period next() {
            return monthFrom(until);
        }
    }

    public Sample {
        references = Map.copyOf(references);
    }

    /** Where it covers a period, that is the month from {@code at}. */
    public Sample(Ids ids, Map<ReferenceName, String> references, Money amount, Instant at) {
        this(ids, references, amount, at, Period.monthFrom(at));
    }

    /** The merchant's word, where the notification has one. */
    Optional<String> says(ReferenceName name) {
        return Optional.ofNullable(references.get(name));
    }
}
