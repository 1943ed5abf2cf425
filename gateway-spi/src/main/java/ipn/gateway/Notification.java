package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An item of a delivery, translated into our vocabulary.
 *
 * @param type the gateway's name for the event
 * @param occurredAt by the gateway's clock
 * @param sequence see {@link ipn.fact.Version#sequence()}
 * @param amount the amount of the event, if it has one; type and amount are the event's fingerprint
 * @param facts at least one
 */
public record Notification(String type, Instant occurredAt, long sequence, Optional<Money> amount, List<Fact> facts) {
    public Notification {
        facts = List.copyOf(facts);
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("facts: none (expected: at least one, or the translation is Ignored)");
        }
    }

    /** Type and amount. The same event key with a different fingerprint is an incident. */
    public String fingerprint() {
        return type + " "
                + amount.map(money -> Long.toString(money.minorUnits()) + " " + money.currency())
                        .orElse("-");
    }
}
