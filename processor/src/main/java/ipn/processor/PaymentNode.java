package ipn.processor;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import ipn.processor.payment.Decision;
import ipn.topics.Headers;
import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The only stateful step: reads the state, decides what becomes of the record, and writes store and outputs last. Whatever can
 * fail has happened before the first write.
 */
final class PaymentNode extends ContextualProcessor<String, byte[], String, Object> {
    static final String STORE = "payments";
    /** Names of the two sinks. */
    static final String OUTCOMES = "outcomes";

    static final String PAYMENTS = "payment-states";

    private final RawRecordHandler handler;
    private final DecisionMeter meter;
    private final DriftMeter drift;
    private @Nullable KeyValueStore<String, PaymentState> payments;

    PaymentNode(RawRecordHandler handler, DecisionMeter meter, DriftMeter drift) {
        this.handler = handler;
        this.meter = meter;
        this.drift = drift;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        payments = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var store = Objects.requireNonNull(payments);
        var raw = raw(record);
        var known = raw.key() == null ? null : store.get(raw.key());
        var result = decide(raw, known);
        write(store, raw, result.outcome(), result.after());
        meter.count(result.outcome());
        if (result.isFirstReading()) {
            handler.account(raw).ifPresent(account -> drift.look(account, raw));
        }
    }

    /** What is written: everything is built before the first write. */
    private record Result(Outcome outcome, @Nullable PaymentState after) {
        /** Whether the body was understood, for the first time. */
        boolean isFirstReading() {
            return outcome.getKind() != OutcomeKind.DUPLICATE && outcome.getKind() != OutcomeKind.UNPROCESSABLE;
        }
    }

    /** Total: a bug, also in reading the state or in building the outcome, is an outcome and changes nothing. */
    private Result decide(RawRecord raw, @Nullable PaymentState known) {
        try {
            var decision = handler.decide(raw, PaymentStates.payment(known));
            var after = after(raw, decision);
            return new Result(Outcomes.of(raw, decision, after), after);
        } catch (RuntimeException | StackOverflowError bug) {
            return new Result(Outcomes.of(raw, RawRecordHandler.bug(raw, bug), null), null);
        }
    }

    private @Nullable PaymentState after(RawRecord raw, Decision decision) {
        var payment = decision.payment();
        var account = handler.account(raw);
        return payment.isEmpty() || account.isEmpty()
                ? null
                : PaymentStates.state(
                        Objects.requireNonNull(raw.key()), account.get().id(), payment.get());
    }

    private void write(
            KeyValueStore<String, PaymentState> store, RawRecord raw, Outcome outcome, @Nullable PaymentState after) {
        var headers = new RecordHeaders();
        raw.stored().headers().stream()
                .filter(header -> header.getKey().equals(Headers.TRACEPARENT))
                .forEach(header -> headers.add(header.getKey(), header.getValue()));
        var timestamp = raw.timestamp().toEpochMilli();
        if (after != null) {
            store.put(raw.key(), after);
            context().forward(new Record<>(raw.key(), after, timestamp, headers), PAYMENTS);
        }
        context()
                .forward(
                        new Record<>(Objects.requireNonNullElse(raw.key(), ""), outcome, timestamp, headers), OUTCOMES);
    }

    private RawRecord raw(Record<String, byte[]> record) {
        var position = context().recordMetadata().orElseThrow();
        return new RawRecord(
                position.topic(),
                position.partition(),
                position.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value() == null ? null : Bytes.wrap(record.value()),
                new StoredDelivery(headers(record)));
    }

    private static List<Map.Entry<String, byte @Nullable []>> headers(Record<String, byte[]> record) {
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        record.headers().forEach(header -> headers.add(new SimpleImmutableEntry<>(header.key(), header.value())));
        return headers;
    }
}
