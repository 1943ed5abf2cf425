package ipn.projector.stream;

import ipn.avro.Decision;
import ipn.decision.DecisionRules;
import ipn.decision.DecisionRules.Violation;
import ipn.decision.Decisions;
import ipn.key.DecisionKey;
import ipn.projector.deadletter.DeadLetter;
import ipn.topics.ByteLimits;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Receives what people decide, and keeps all of it. A record that is no decision, breaks a rule, or is one too many becomes a dead letter
 * and affects no other.
 */
public final class ReceiveDecision extends ContextualProcessor<byte @Nullable [], byte @Nullable [], Object, Object> {
    public static final String STORE = "decisions";

    private final RecordReader<Decision> reader;
    private @Nullable KeyValueStore<String, Decision> decisions;

    public ReceiveDecision(Deserializer<Decision> values) {
        this.reader = new RecordReader<>(values, ByteLimits.LARGEST_RECORD);
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        decisions = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        var key = RecordReader.key(record.key());
        if (key.isEmpty()) {
            reject(record, new Violation(Reason.INVALID_ID, "record key: not UTF-8 text (expected: what it is about)"));
            return;
        }
        var read = reader.value(RecordReader.position(context()).getTopic(), record);
        if (read.isEmpty()) {
            reject(record, new Violation(Reason.MALFORMED, "value: no decision in Avro (expected: schema Decision)"));
            return;
        }
        var decision = read.get();
        var violation = DecisionRules.violation(key.get(), decision);
        if (violation.isPresent()) {
            reject(record, violation.get());
            return;
        }
        receive(decision).ifPresent(refusal -> reject(record, refusal));
    }

    private Optional<Violation> receive(Decision decision) {
        var refusal = about(decision.getAbout()).refusal(decision);
        if (refusal.isEmpty()) {
            store().put(new DecisionKey(decision.getAbout(), decision.getDecisionId()).toString(), decision);
        }
        return refusal;
    }

    private Decisions about(String about) {
        var found = new ArrayList<Decision>();
        try (var keys = new StringSerializer();
                var range = store().prefixScan(DecisionKey.prefix(about), keys)) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return new Decisions(found);
    }

    private KeyValueStore<String, Decision> store() {
        return Objects.requireNonNull(decisions);
    }

    private void reject(Record<byte @Nullable [], byte @Nullable []> record, Violation violation) {
        context()
                .forward(
                        DeadLetter.reject(
                                RecordReader.position(context()),
                                record,
                                violation.reason(),
                                violation.detail(),
                                "decision"),
                        ReadOrder.TO_DEAD_LETTERS);
    }
}
