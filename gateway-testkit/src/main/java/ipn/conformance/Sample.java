package ipn.conformance;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One authentic delivery, or one document that was fetched, and what has to come of it.
 *
 * @param expected one for each item; empty where only authenticity is shown
 */
public record Sample(String name, Delivery delivery, List<Expected> expected) {
    public Sample {
        expected = List.copyOf(expected);
    }

    /** True for what the gateway sent; false for what it was asked for. */
    public boolean isSent() {
        return delivery.fetchedFrom().isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * What has to come of one item.
     *
     * @param paymentId last part of the payment key
     * @param eventId last part of the event key
     * @param occurredAt where it is understood
     * @param facts none: it has to be ignored
     */
    public record Expected(
            String paymentId,
            String eventId,
            String type,
            Instant occurredAt,
            Optional<Money> amount,
            List<Fact> facts) {

        /** An item that carries no fact for us. */
        public static Expected ignored(String paymentId, String eventId, String type) {
            return new Expected(paymentId, eventId, type, Instant.EPOCH, Optional.empty(), List.of());
        }
    }
}
