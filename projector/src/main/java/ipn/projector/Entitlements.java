package ipn.projector;

import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.PartitionBrake;
import ipn.projector.brake.Braking;
import ipn.projector.brake.Braking.Judged;
import ipn.projector.entitlement.EntitlementUpdate.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the entitlements of a partition, and tells their changes unless the brake withholds them. */
final class Entitlements {
    static final String STORE = "entitlement-claims";
    static final String DUE_STORE = "entitlements-due";
    static final String TO_EVENTS = "entitlements-out";
    static final String TO_STATE = "entitlement-state-out";

    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();

    private final ProcessorContext<String, Object> context;
    private final KeyValueStore<String, EntitlementClaims> claims;
    private final KeyValueStore<String, String> due;
    private final Braking braking;
    private final BrakeStores brake;

    Entitlements(ProcessorContext<String, Object> context, Braking braking, BrakeStores brake) {
        this.context = context;
        this.claims = context.getStateStore(STORE);
        this.due = context.getStateStore(DUE_STORE);
        this.braking = braking;
        this.brake = brake;
    }

    EntitlementClaims of(String key) {
        return Objects.requireNonNullElse(claims.get(key), NOTHING);
    }

    /** A claim, or time, changed this entitlement. */
    void change(String key, EntitlementClaims before, Step step, Instant now, long timestamp) {
        var stands = brake.read();
        write(key, before, stands, braking.judge(stands, before, step, now), timestamp);
    }

    /** Somebody decided that a withheld change is to be told. */
    void release(String key, EntitlementClaims before, Step step, Instant now) {
        var stands = brake.read();
        write(key, before, stands, braking.released(stands, before, step), now.toEpochMilli());
    }

    /** Somebody decided that a withheld change is to be dropped. */
    void discard(String key, EntitlementClaims before, Instant now) {
        var stands = brake.read();
        write(key, before, stands, braking.discarded(stands, before), now.toEpochMilli());
    }

    /** Due keys that have come, the oldest first. */
    List<String> due(Instant now, int max) {
        var keys = new ArrayList<String>();
        try (var range = due.range(null, DueKey.upTo(now))) {
            while (range.hasNext() && keys.size() < max) {
                keys.add(range.next().key);
            }
        }
        return keys;
    }

    void forgetDue(String dueKey) {
        due.delete(dueKey);
    }

    /**
     * Keys of a subject's entitlements, in order.
     *
     * @param after only those after this key; empty: all
     * @return keys of other subjects among them, whose names go on after a slash
     */
    List<String> of(String subject, String after, int max) {
        var keys = new ArrayList<String>();
        // In bytes, 0 comes right after the slash.
        try (var range = claims.range(after.isEmpty() ? subject + "/" : after, subject + "0")) {
            while (range.hasNext() && keys.size() < max) {
                var key = range.next().key;
                if (!key.equals(after)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    private void write(String key, EntitlementClaims before, PartitionBrake stood, Judged judged, long timestamp) {
        var after = judged.after();
        reschedule(key, before.getNextCheck(), after.getNextCheck());
        claims.put(key, after);
        brake.move(key, before.getHeld(), after.getHeld());
        brake.write(stood, judged.brake());
        var headers = new RecordHeaders();
        judged.event()
                .ifPresent(event ->
                        context.forward(new Record<>(event.getSubject(), event, timestamp, headers), TO_EVENTS));
        if (judged.event().isPresent() || !Objects.equals(before.getHeld(), after.getHeld())) {
            var state = new Entitlement(after.getLast(), after.getHeld());
            context.forward(new Record<>(key, state, timestamp, headers), TO_STATE);
        }
    }

    private void reschedule(String key, @Nullable Instant before, @Nullable Instant after) {
        if (!Objects.equals(before, after)) {
            if (before != null) {
                due.delete(DueKey.of(before, key));
            }
            if (after != null) {
                due.put(DueKey.of(after, key), "");
            }
        }
    }
}
