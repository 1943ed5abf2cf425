package ipn.app.simulator;

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
 * @param until end of the period a bill or a subscription covers; it begins at {@code at}
 */
public record Sample(Ids ids, Map<ReferenceName, String> references, Money amount, Instant at, Instant until) {
    /** What a period lasts where nobody says otherwise. */
    public static final Duration PERIOD = Duration.ofDays(30);

    public Sample {
        references = Map.copyOf(references);
    }

    public Sample(Ids ids, Map<ReferenceName, String> references, Money amount, Instant at) {
        this(ids, references, amount, at, at.plus(PERIOD));
    }

    /** The merchant's word, where the notification has one. */
    Optional<String> says(ReferenceName name) {
        return Optional.ofNullable(references.get(name));
    }
}
