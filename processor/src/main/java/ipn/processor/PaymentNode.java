package ipn.processor;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import ipn.processor.payment.Decision;
import ipn.processor.payment.Payment;
import ipn.runtime.traces.RecordStep;
import ipn.serde.RegistryFailure;
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
 * fail has happened before the first write: state and outcome are read and written as bytes, so that nothing is serialized after it.
 */
final class PaymentNode extends ContextualProcessor<byte @Nullable [], byte @Nullable [], String, byte[]> {
    static final String STORE = "payments";
    /** Names of the two sinks. */
    static final String OUTCOMES = "outcomes";

    static final String PAYMENTS = "payment-states";

    private final RawRecordHandler handler;
    private final StateChange change;
    private final StateFormat format;
    private final DecisionMeter meter;
    private final DriftMeter drift;
    private final OutageWatch outages;
    private @Nullable KeyValueStore<String, byte[]> payments;

    PaymentNode(
            RawRecordHandler handler, StateFormat format, DecisionMeter meter, DriftMeter drift, OutageWatch outages) {
        this.handler = handler;
        this.change = new StateChange(handler);
        this.format = format;
        this.meter = meter;
        this.drift = drift;
        this.outages = outages;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        super.init(context);
        payments = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        var store = Objects.requireNonNull(payments);
        var raw = raw(record);
        var stored = raw.key() == null ? null : store.get(raw.key());
        var result = decide(raw, stored);
        outages.note(raw, result.outcome());
        OutcomeSpan.describe(RecordStep.current(), result.outcome());
        write(store, raw, result);
        meter.count(result.outcome(), result.leftOut());
        if (result.isFirstReading()) {
            handler.account(raw).ifPresent(account -> drift.look(account, raw));
        }
    }

    /** What is written: everything is built and serialized before the first write. */
    private record Result(
            Outcome outcome, Bytes outcomeBytes, @Nullable Bytes after, int leftOut) {
        /** Whether the body was understood, for the first time. */
        boolean isFirstReading() {
            return outcome.getKind() != OutcomeKind.DUPLICATE && outcome.getKind() != OutcomeKind.UNPROCESSABLE;
        }
    }

    /**
     * Total: a bug, also in reading the state or in building and serializing the outcome, is an outcome and changes nothing. Only while
     * the schema registry is unavailable it throws: then nothing can be written, and the record is read again.
     */
    private Result decide(RawRecord raw, byte @Nullable [] stored) {
        try {
            var state = format.readState(stored);
            var before = PaymentStates.payment(state);
            return result(raw, change.decide(raw, state, before), before);
        } catch (RuntimeException | StackOverflowError bug) {
            if (RegistryFailure.isUnavailable(bug)) {
                throw bug;
            }
            return result(raw, Decided.unverified(RawRecordHandler.bug(raw, bug)), Payment.NOTHING);
        }
    }

    private Result result(RawRecord raw, Decided decided, Payment before) {
        var decision = decided.decision();
        var state = change.after(raw, decision);
        var after = state == null ? null : format.writeState(state);
        if (after != null && StateFormat.isTooLarge(after, before, decision)) {
            return result(raw, decided.with(StateFormat.refused(decision)), before);
        }
        var outcome = Outcomes.of(raw, decided, state);
        var leftOut = decision instanceof Decision.Applied applied ? applied.leftOut() : 0;
        return new Result(
                outcome, Bytes.wrap(format.writeOutcome(outcome)), after == null ? null : Bytes.wrap(after), leftOut);
    }

    private void write(KeyValueStore<String, byte[]> store, RawRecord raw, Result result) {
        var headers = new RecordHeaders();
        var timestamp = raw.timestamp().toEpochMilli();
        if (result.after() != null) {
            var state = result.after().array();
            store.put(raw.key(), state);
            context().forward(new Record<>(raw.key(), state, timestamp, headers), PAYMENTS);
        }
        var key = Objects.requireNonNullElse(raw.key(), "");
        context().forward(new Record<>(key, result.outcomeBytes().array(), timestamp, headers), OUTCOMES);
    }

    private RawRecord raw(Record<byte @Nullable [], byte @Nullable []> record) {
        var position = context().recordMetadata().orElseThrow();
        return new RawRecord(
                position.topic(),
                position.partition(),
                position.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : Bytes.wrap(record.key()),
                record.value() == null ? null : Bytes.wrap(record.value()),
                new StoredDelivery(headers(record)));
    }

    private static List<Map.Entry<String, byte @Nullable []>> headers(Record<?, ?> record) {
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        record.headers().forEach(header -> headers.add(new SimpleImmutableEntry<>(header.key(), header.value())));
        return headers;
    }
}
