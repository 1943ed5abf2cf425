package ipn.processor;

import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.processor.payment.Decision;
import ipn.processor.payment.Payment;
import ipn.serde.AvroSerdes;
import ipn.topics.ByteLimits;
import ipn.topics.Reason;
import ipn.topics.TopicCatalogue;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * State and outcome as the bytes that are stored and emitted.
 *
 * @param statesTopic subject of the schema of states
 * @param outcomesTopic subject of the schema of outcomes
 */
record StateFormat(Serde<PaymentState> states, Serde<Outcome> outcomes, String statesTopic, String outcomesTopic) {

    static StateFormat create(AvroSerdes serdes, TopicCatalogue topics) {
        return new StateFormat(
                serdes.values(PaymentState.class),
                serdes.values(Outcome.class),
                topics.name(TopicCatalogue.PAYMENTS),
                topics.name(TopicCatalogue.OUTCOMES));
    }

    @Nullable
    PaymentState readState(byte @Nullable [] stored) {
        return stored == null ? null : states.deserializer().deserialize(statesTopic, stored);
    }

    byte[] writeState(PaymentState state) {
        return states.serializer().serialize(statesTopic, state);
    }

    byte[] writeOutcome(Outcome outcome) {
        return outcomes.serializer().serialize(outcomesTopic, outcome);
    }

    /** Whether a notification makes a state larger than a state may be. */
    static boolean isTooLarge(byte[] after, Payment before, Decision decision) {
        return after.length > ByteLimits.PAYMENT_STATE
                && decision.payment()
                        .filter(payment -> !payment.facts().equals(before.facts()))
                        .isPresent();
    }

    /** The decision instead of one whose state would be too large. */
    static Decision refused(Decision decision) {
        return new Decision.Unprocessable(
                decision.item(),
                Reason.TOO_MANY_FACTS,
                "payment state: more than %d KiB (expected: at most that)".formatted(ByteLimits.PAYMENT_STATE / 1024));
    }
}
