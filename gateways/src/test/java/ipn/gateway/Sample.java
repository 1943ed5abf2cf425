package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One authentic delivery, and what has to come of it. */
public record Sample(String name, Delivery delivery, Optional<Expected> expected) {
    @Override
    public String toString() {
        return name;
    }

    /** @param paymentId last part of the payment key */
    public record Expected(
            String paymentId,
            String eventId,
            String type,
            Instant occurredAt,
            Optional<Money> amount,
            List<Fact> facts) {}
}
