package ipn.processor.payment;

import ipn.gateway.Item;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;

/** What one raw record does to one payment: exactly one of these per record. */
public sealed interface Decision {
    /** Event key, payment key and type, as far as they could be read. */
    Item item();

    /** The state to keep; empty where it stays as it is. */
    default Optional<Payment> payment() {
        return Optional.empty();
    }

    default Optional<Instant> occurredAt() {
        return Optional.empty();
    }

    /**
     * The state changed.
     *
     * @param leftOut facts of the notification that are not kept, because the payment has too many of their kinds
     */
    record Applied(Item item, Payment after, Instant at, int leftOut) implements Decision {
        @Override
        public Optional<Payment> payment() {
            return Optional.of(after);
        }

        @Override
        public Optional<Instant> occurredAt() {
            return Optional.of(at);
        }
    }

    /** The event was seen before and holds no new fact. */
    record Duplicate(Item item, Instant at) implements Decision {
        @Override
        public Optional<Instant> occurredAt() {
            return Optional.of(at);
        }
    }

    /** A new event without a new fact: only the event key is kept. */
    record Unchanged(Item item, Payment after, Instant at) implements Decision {
        @Override
        public Optional<Payment> payment() {
            return Optional.of(after);
        }

        @Override
        public Optional<Instant> occurredAt() {
            return Optional.of(at);
        }
    }

    /** Authentic, and of a type that carries no fact for us. */
    record Ignored(Item item) implements Decision {}

    /**
     * It cannot be processed, and an engineer has to look at it.
     *
     * @param detail for people; never a value out of the notification
     */
    record Unprocessable(Item item, Reason reason, String detail) implements Decision {}
}
