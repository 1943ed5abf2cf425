package ipn.projector.stream;

import ipn.avro.StoredDecision;
import ipn.key.DecisionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** All decisions of a partition, and when the next one about each thing ends. */
public final class DecisionStore {
    public static final String STORE = "decisions";
    public static final String DUE_STORE = "decisions-due";

    private final KeyValueStore<String, StoredDecision> decisions;
    private final DueTimes due;

    DecisionStore(ProcessorContext<?, ?> context) {
        decisions = context.getStateStore(STORE);
        due = context.getStateStore(DUE_STORE);
    }

    /** All decisions about one thing. */
    List<StoredDecision> about(String about) {
        var found = new ArrayList<StoredDecision>();
        try (var keys = new StringSerializer();
                var range = decisions.prefixScan(DecisionKey.prefix(about), keys)) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    /** @param before when the next one ended before this one was added */
    void put(StoredDecision added, Optional<Instant> before, Optional<Instant> after) {
        var decision = added.getDecision();
        decisions.put(new DecisionKey(decision.getAbout(), decision.getDecisionId()).toString(), added);
        due.move(decision.getAbout(), before.orElse(null), after.orElse(null));
    }

    /** Takes out what is due. */
    List<String> due(Instant now, int max) {
        return due.take(now, max);
    }

    /** After what was due was looked at. */
    void dueAgain(String about, Optional<Instant> at) {
        at.ifPresent(next -> due.retry(about, next));
    }
}
