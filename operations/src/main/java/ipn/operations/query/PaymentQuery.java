package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Discrepancy;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.HeaderText;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import ipn.topics.TraceParent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Finds the state of a payment and the outcomes of its events. */
public final class PaymentQuery {
    private final RecordSource source;

    public PaymentQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this(RecordSource.topics(kafka, serdes));
    }

    public PaymentQuery(RecordSource source) {
        this.source = source;
    }

    /**
     * One payment.
     *
     * @param state empty if no event was applied
     * @param history outcomes of its events that retention has kept, the newest first, up to a limit
     * @param discrepancies those open now, sorted by id
     */
    public record Payment(
            String paymentKey, Optional<PaymentState> state, List<Step> history, List<Discrepancy> discrepancies) {
        public Payment {
            history = List.copyOf(history);
            discrepancies = List.copyOf(discrepancies);
        }

        /** Whether there is a state or an outcome. */
        public boolean known() {
            return state.isPresent() || !history.isEmpty();
        }
    }

    /**
     * The outcome of one event.
     *
     * @param source position of its raw record
     * @param status status of the payment after it; null if it changed nothing
     * @param traceId of the trace to which its processing belongs; empty if it is not known
     */
    public record Step(
            OutcomeKind kind,
            @Nullable String reason,
            String eventKey,
            String eventType,
            @Nullable Instant occurredAt,
            @Nullable Instant receivedAt,
            Position source,
            @Nullable PaymentStatus status,
            String traceId) {
        private static Step of(Outcome outcome, ConsumerRecord<byte[], byte[]> record) {
            return new Step(
                    outcome.getKind(),
                    outcome.getReason(),
                    outcome.getEventKey(),
                    outcome.getEventType(),
                    outcome.getOccurredAt(),
                    outcome.getReceivedAt(),
                    Position.of(outcome.getSource()),
                    outcome.getPayment() == null ? null : outcome.getPayment().getStatus(),
                    TraceParent.parse(new HeaderText(record.headers()).text(Headers.TRACEPARENT, ""))
                            .map(TraceParent::traceId)
                            .orElse(""));
        }
    }

    /** @param historyMax maximum number of outcomes */
    public Payment show(String paymentKey, int historyMax) {
        try (var reader = source.open();
                var states = source.serdes().deserializer(PaymentState.class);
                var outcomes = source.serdes().deserializer(Outcome.class)) {
            var state = state(reader, paymentKey, states);
            var history = newest(reader, TopicCatalogue.OUTCOMES, paymentKey, historyMax).stream()
                    .flatMap(record ->
                            AvroValues.read(record, outcomes).map(outcome -> Step.of(outcome, record)).stream())
                    .toList();
            var order = state
                    .flatMap(known -> Optional.ofNullable(known.getReferences().get("order")))
                    .stream()
                    .toList();
            var open = new DiscrepancyQuery(source).findByPayment(reader, paymentKey, order);
            return new Payment(paymentKey, state, history, open);
        }
    }

    /** The state of a payment. Reads its partition. */
    public Optional<PaymentState> state(String paymentKey) {
        try (var reader = source.open();
                var states = source.serdes().deserializer(PaymentState.class)) {
            return state(reader, paymentKey, states);
        }
    }

    private Optional<PaymentState> state(TopicReader reader, String key, Deserializer<PaymentState> values) {
        return newest(reader, TopicCatalogue.PAYMENTS, key, 1).stream()
                .findFirst()
                .flatMap(record -> AvroValues.read(record, values));
    }

    private List<ConsumerRecord<byte[], byte[]>> newest(TopicReader reader, String name, String key, int limit) {
        var newest = new NewestRecords(key.getBytes(UTF_8), limit);
        reader.find(source.all(name).keys(List.of(key)).newest(limit), Progress.SILENT, newest);
        return newest.records();
    }
}
