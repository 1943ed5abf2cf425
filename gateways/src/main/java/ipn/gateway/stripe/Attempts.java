package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.Ranks;
import ipn.gateway.Story;

/** How far an attempt to pay came. */
final class Attempts {
    private Attempts() {}

    static Story story(String id, AttemptStatus status, String reason, Money amount) {
        return Story.of(Ranks.of(status), amount, new Fact.Attempt(id, status, reason));
    }

    static Story story(String id, AttemptStatus status, String reason) {
        return Story.of(Ranks.of(status), new Fact.Attempt(id, status, reason));
    }
}
