package ipn.simulator;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a simulated notification.
 *
 * @param references what the merchant attached to the payment: order, subject, product, reference
 * @param amount of the payment, the refund or the invoice
 * @param at when it occurred, by the gateway's clock
 * @param period that an invoice or a subscription covers
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

    /** With the month from {@code at} as its period. */
    public Sample(Ids ids, Map<ReferenceName, String> references, Money amount, Instant at) {
        this(ids, references, amount, at, Period.monthFrom(at));
    }

    /** The merchant's reference of that name, if it has one. */
    public Optional<String> reference(ReferenceName name) {
        return Optional.ofNullable(references.get(name));
    }
}
