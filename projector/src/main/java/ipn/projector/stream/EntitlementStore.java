package ipn.projector.stream;

import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.PartitionBrake;
import ipn.projector.access.EntitlementUpdate.Step;
import ipn.projector.brake.Brake;
import ipn.projector.brake.Brake.Judged;
import ipn.projector.notification.NotificationRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the entitlements of a partition, and tells their changes unless the brake withholds them. */
final class EntitlementStore {
    static final String STORE = "entitlement-claims";
    static final String DUE_STORE = "entitlements-due";
    static final String TO_EVENTS = "entitlements-out";
    static final String TO_STATE = "entitlement-state-out";
    static final String TO_NOTIFICATIONS = "notifications-out";

    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();

    private final ProcessorContext<String, Object> context;
    private final KeyValueStore<String, EntitlementClaims> claims;
    private final DueTimes due;
    private final Brake braking;
    private final BrakeStore brake;
    private final NotificationRules notifications;

    EntitlementStore(
            ProcessorContext<String, Object> context, Brake braking, BrakeStore brake, NotificationRules notifications) {
        this.context = context;
        this.claims = context.getStateStore(STORE);
        this.due = new DueTimes(context.getStateStore(DUE_STORE));
        this.braking = braking;
        this.brake = brake;
        this.notifications = notifications;
    }

    EntitlementClaims of(String key) {
        return Objects.requireNonNullElse(claims.get(key), NOTHING);
    }

    /** A claim, or time, changed this entitlement. */
    void change(String key, EntitlementClaims before, Step step, Instant now, long timestamp) {
        var stands = brake.read();
        write(key, before, stands, braking.judge(stands, before, step, now), now, timestamp);
    }

    /** Somebody decided that a withheld change is to be told. */
    void release(String key, EntitlementClaims before, Step step, Instant now) {
        var stands = brake.read();
        write(key, before, stands, braking.released(stands, before, step), now, now.toEpochMilli());
    }

    /** Somebody decided that a withheld change is to be dropped. */
    void discard(String key, EntitlementClaims before, Instant now) {
        var stands = brake.read();
        write(key, before, stands, braking.discarded(stands, before, now), now, now.toEpochMilli());
    }

    /** Takes out keys that are due, the oldest first; they are to be looked at now. */
    List<String> takeDue(Instant now, int max) {
        return due.take(now, max);
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

    private void write(
            String key, EntitlementClaims before, PartitionBrake stood, Judged judged, Instant now, long timestamp) {
        var told = notifications.after(before, judged.after(), now);
        var after = told.after();
        due.move(key, before.getNextCheck(), after.getNextCheck());
        claims.put(key, after);
        brake.move(key, before.getWithheld(), after.getWithheld());
        brake.write(stood, judged.brake());
        var headers = new RecordHeaders();
        judged.event()
                .ifPresent(event ->
                        context.forward(new Record<>(event.getSubject(), event, timestamp, headers), TO_EVENTS));
        if (judged.event().isPresent() || !Objects.equals(before.getWithheld(), after.getWithheld())) {
            var state = new Entitlement(after.getLast(), after.getWithheld());
            context.forward(new Record<>(key, state, timestamp, headers), TO_STATE);
        }
        told.commands()
                .forEach(each ->
                        context.forward(new Record<>(each.getSubject(), each, timestamp, headers), TO_NOTIFICATIONS));
    }
}
