package ipn.operations.explain.evidence;

import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The outcomes of all events of some payments, up to a time. */
final class PaymentOutcomes {
    /** The number of redeliveries has no bound; the newest outcomes are enough for an explanation. */
    static final int PER_PAYMENT_MAX = 500;

    private final Map<String, Deque<Outcome>> newest = new HashMap<>();
    private final Map<String, PaymentState> states = new HashMap<>();

    private PaymentOutcomes() {}

    static PaymentOutcomes read(Sources sources, Set<String> paymentKeys, Question question) {
        var outcomes = new PaymentOutcomes();
        if (paymentKeys.isEmpty()) {
            return outcomes;
        }
        sources.find(
                sources.all(TopicCatalogue.OUTCOMES).keys(paymentKeys).newest(question.past() ? 0 : PER_PAYMENT_MAX),
                Outcome.class,
                paymentKeys::contains,
                (record, key, outcome) -> {
                    var known = Objects.requireNonNull(outcome, "outcomes are never removed");
                    if (!receivedAt(known, record).isAfter(question.at())) {
                        outcomes.note(key, known);
                    }
                });
        return outcomes;
    }

    private static Instant receivedAt(Outcome outcome, ConsumerRecord<?, ?> record) {
        var received = outcome.getReceivedAt();
        return received == null ? Instant.ofEpochMilli(record.timestamp()) : received;
    }

    private void note(String key, Outcome outcome) {
        var state = outcome.getPayment();
        if (state != null) {
            states.put(key, state);
        }
        var kept = newest.computeIfAbsent(key, payment -> new ArrayDeque<>());
        // States and raw records are large, and not needed for each outcome.
        kept.addLast(Outcome.newBuilder(outcome).setPayment(null).setRaw(null).build());
        if (kept.size() > PER_PAYMENT_MAX) {
            kept.removeFirst();
        }
    }

    /** The outcomes of a payment, oldest first. */
    List<Outcome> get(String paymentKey) {
        return List.copyOf(newest.getOrDefault(paymentKey, new ArrayDeque<>()));
    }

    /** The state of each payment after the last of these outcomes that changed it. */
    Map<String, PaymentState> states() {
        return Map.copyOf(states);
    }
}
