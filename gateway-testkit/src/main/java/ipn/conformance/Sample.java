package ipn.conformance;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One authentic delivery, or one fetched document, and its expected translation.
 *
 * @param expected one for each item; empty if the sample only tests signatures
 */
public record Sample(String name, Delivery delivery, List<Expected> expected) {
    public Sample {
        expected = List.copyOf(expected);
    }

    /** True if the gateway sent it; false for a fetched document. */
    public boolean isSent() {
        return delivery.fetchedFrom().isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * The expected translation of one item.
     *
     * @param paymentId last part of the payment key
     * @param eventId last part of the event key
     * @param occurredAt only used if there are facts
     * @param facts if empty, the item must be ignored
     */
    public record Expected(
            String paymentId,
            String eventId,
            String type,
            Instant occurredAt,
            Optional<Money> amount,
            List<Fact> facts) {

        /** An item without facts. */
        public static Expected ignored(String paymentId, String eventId, String type) {
            return new Expected(paymentId, eventId, type, Instant.EPOCH, Optional.empty(), List.of());
        }
    }
}
