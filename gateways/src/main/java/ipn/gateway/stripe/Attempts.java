package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.Story;

/** How far an attempt to pay came. */
final class Attempts {
    private Attempts() {}

    static Story story(String id, AttemptStatus status, String reason, Money amount) {
        return Story.of(rank(status), amount, new Fact.Attempt(id, status, reason));
    }

    static Story story(String id, AttemptStatus status, String reason) {
        return Story.of(rank(status), new Fact.Attempt(id, status, reason));
    }

    private static long rank(AttemptStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case FAILED -> 2;
            case EXPIRED -> 3;
            case CANCELED -> 4;
        };
    }
}
