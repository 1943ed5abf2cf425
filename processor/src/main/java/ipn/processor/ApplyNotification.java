package ipn.processor;

import ipn.avro.Outcome;
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
 * The only step that remembers. Reads the state, has the record decided, and writes store and outputs last: whatever can
 * fail has happened before the first write.
 */
final class ApplyNotification extends ContextualProcessor<String, byte[], String, Object> {
    static final String STORE = "payments";
    /** Children the two outputs go to. */
    static final String OUTCOMES = "outcomes";

    static final String PAYMENTS = "payment-states";

    private final Decider decider;
    private final DecisionMeter meter;
    private final DriftMeter drift;
    private @Nullable KeyValueStore<String, PaymentState> payments;

    ApplyNotification(Decider decider, DecisionMeter meter, DriftMeter drift) {
        this.decider = decider;
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
        var decided = decide(raw, known);
        write(store, raw, decided.outcome(), decided.after());
        meter.count(decided.outcome());
        if (decided.read()) {
            decider.account(raw).ifPresent(account -> drift.look(account, raw));
        }
    }

    /** Everything there is to write, made before the first write. */
    private record Decided(Outcome outcome, @Nullable PaymentState after) {
        /** True the first time something makes sense. */
        boolean read() {
            return !outcome.getKind().equals("DUPLICATE") && !outcome.getKind().equals("UNPROCESSABLE");
        }
    }

    /** Total: a bug, also in reading the state or in writing the decision down, is an outcome and changes nothing. */
    private Decided decide(RawRecord raw, @Nullable PaymentState known) {
        try {
            var decision = decider.decide(raw, PaymentStates.payment(known));
            var after = after(raw, decision);
            return new Decided(Outcomes.of(raw, decision, after), after);
        } catch (RuntimeException | StackOverflowError bug) {
            return new Decided(Outcomes.of(raw, Decider.bug(raw, bug), null), null);
        }
    }

    private @Nullable PaymentState after(RawRecord raw, Decision decision) {
        var payment = decision.payment();
        var account = decider.account(raw);
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
