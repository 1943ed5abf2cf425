package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A delivery's item in our vocabulary.
 *
 * @param type the gateway's name for the event
 * @param occurredAt by the gateway's clock
 * @param sequence see {@link ipn.fact.Version#sequence()}
 * @param amount the amount of the event, if it has one: with the type it is the event's fingerprint
 * @param facts at least one
 */
public record Notification(String type, Instant occurredAt, long sequence, Optional<Money> amount, List<Fact> facts) {
    public Notification {
        facts = List.copyOf(facts);
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("facts: none (expected: at least one, or the translation is Ignored)");
        }
    }

    /** Type and amount; the same event key with another fingerprint is an incident. */
    public String fingerprint() {
        return type + " "
                + amount.map(money -> Long.toString(money.minorUnits()) + " " + money.currency())
                        .orElse("-");
    }
}
