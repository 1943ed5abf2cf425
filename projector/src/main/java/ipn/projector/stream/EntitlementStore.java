package ipn.projector.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.PartitionBrake;
import ipn.key.EntitlementKey;
import ipn.key.SubjectId;
import ipn.projector.access.EntitlementUpdate.Derived;
import ipn.projector.brake.Brake;
import ipn.projector.entitlement.EntitlementAssembler;
import ipn.runtime.traces.RecordStep;
import ipn.topics.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The entitlements of a partition: writes each change, and emits it unless the brake withholds it. */
public final class EntitlementStore {
    public static final String STORE = "entitlement-claims";
    public static final String DUE_STORE = "entitlements-due";
    public static final String TO_EVENTS = "entitlements-out";
    public static final String TO_STATE = "entitlement-state-out";
    public static final String TO_NOTIFICATIONS = "notifications-out";

    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();

    private final ProcessorContext<String, Object> context;
    private final KeyValueStore<String, EntitlementClaims> claims;
    private final DueTimes due;
    private final Brake brake;
    private final BrakeStore brakeStore;
    private final EntitlementAssembler assembler;
    private final ProjectorMeters meters;

    EntitlementStore(
            ProcessorContext<String, Object> context,
            Brake brake,
            BrakeStore brakeStore,
            EntitlementAssembler assembler,
            ProjectorMeters meters) {
        this.context = context;
        this.claims = context.getStateStore(STORE);
        this.due = context.getStateStore(DUE_STORE);
        this.brake = brake;
        this.brakeStore = brakeStore;
        this.assembler = assembler;
        this.meters = meters;
    }

    EntitlementClaims get(String key) {
        return Objects.requireNonNullElse(claims.get(key), NOTHING);
    }

    /**
     * A change that is computed and not yet written.
     *
     * @param before as it was read, like {@code brakeBefore}
     */
    record Change(EntitlementClaims before, PartitionBrake brakeBefore, EntitlementAssembler.Result result) {}

    /** What a claim, or time, changes of this entitlement; nothing is written. */
    Change plan(EntitlementClaims before, Derived derived, Instant now) {
        var stored = brakeStore.read();
        return assemble(before, derived, stored, brake.decide(stored, before, derived.event(), now), now);
    }

    /** What the release of a withheld change does; nothing is written. */
    Change release(EntitlementClaims before, Derived derived, Instant now) {
        var stored = brakeStore.read();
        var decision = brake.release(stored, before, derived.event());
        return assemble(before, derived, stored, decision, now);
    }

    /** What the discard of a withheld change does; nothing is written. */
    Change discard(EntitlementClaims before, Instant now) {
        var stored = brakeStore.read();
        var same = new Derived(before.getClaims(), Optional.empty(), Optional.ofNullable(before.getNextCheck()));
        var decision = brake.discard(stored, before, now);
        return assemble(before, same, stored, decision, now);
    }

    /** Tries again later what time changes of an entitlement. */
    void retry(String key, Instant at) {
        due.retry(key, at);
    }

    /** Removes keys that are due from the queue, the oldest first; the caller derives them now. */
    List<String> takeDue(Instant now, int max) {
        return due.take(now, max);
    }

    /**
     * Keys of a subject's entitlements, in order.
     *
     * @param after only those after this key; empty: all
     */
    List<String> keysOfSubject(String subject, String after, int max) {
        var prefix = EntitlementKey.prefix(new SubjectId(subject));
        var keys = new ArrayList<String>();
        try (var range =
                claims.range(after.isEmpty() ? prefix : after, EntitlementKey.afterAll(new SubjectId(subject)))) {
            while (range.hasNext() && keys.size() < max) {
                var key = range.next().key;
                if (!key.equals(after)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    private Change assemble(
            EntitlementClaims before, Derived derived, PartitionBrake stored, Brake.Decision decision, Instant now) {
        return new Change(before, stored, assembler.assemble(before, derived, decision, trace(before), now));
    }

    /** The context of the record that is processed; where time changes something, of the newest before. */
    private static @Nullable String trace(EntitlementClaims before) {
        var header = RecordStep.current().header();
        return header == null ? before.getTrace() : new String(header, ISO_8859_1);
    }

    void write(String key, Change change, long timestamp) {
        var before = change.before();
        var result = change.result();
        var after = result.after();
        due.move(key, before.getNextCheck(), after.getNextCheck());
        claims.put(key, after);
        brakeStore.move(key, before.getWithheld(), after.getWithheld());
        brakeStore.write(change.brakeBefore(), result.brake());
        emit(key, before, result, timestamp);
    }

    private void emit(String key, EntitlementClaims before, EntitlementAssembler.Result result, long timestamp) {
        var after = result.after();
        var headers = new RecordHeaders();
        var toNotifications = new RecordHeaders();
        if (after.getTrace() != null) {
            toNotifications.add(Headers.TRACEPARENT, after.getTrace().getBytes(ISO_8859_1));
        }
        result.event().ifPresent(event -> {
            context.forward(new Record<>(event.getSubject(), event, timestamp, headers), TO_EVENTS);
            meters.changedAccess(event.getType());
        });
        if (result.event().isPresent() || !Objects.equals(before.getWithheld(), after.getWithheld())) {
            var state = new Entitlement(after.getLast(), after.getWithheld());
            context.forward(new Record<>(key, state, timestamp, headers), TO_STATE);
        }
        result.commands()
                .forEach(each -> context.forward(
                        new Record<>(each.getSubject(), each, timestamp, toNotifications), TO_NOTIFICATIONS));
    }
}
