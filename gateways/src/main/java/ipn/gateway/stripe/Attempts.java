package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;

/** Builds the content of a payment attempt. */
final class Attempts {
    private Attempts() {}

    static EventContent content(String id, AttemptStatus status, String reason, Money amount) {
        return EventContent.of(Ranks.of(status), amount, new Fact.Attempt(id, status, reason));
    }

    static EventContent content(String id, AttemptStatus status, String reason) {
        return EventContent.of(Ranks.of(status), new Fact.Attempt(id, status, reason));
    }
}
