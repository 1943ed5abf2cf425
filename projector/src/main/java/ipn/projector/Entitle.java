package ipn.projector;

import ipn.avro.Claim;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.projector.entitlement.EntitlementUpdate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the claims of each subject, entitlement and scope, and emits an event whenever what they add up to changes: by a
 * claim, or by our own clock with bounded work per tick.
 */
final class Entitle extends ContextualProcessor<String, Claim, String, Object> {
    static final String STORE = "entitlement-claims";
    static final String DUE_STORE = "entitlements-due";
    static final String TO_EVENTS = "entitlements-out";
    static final String TO_STATE = "entitlement-state-out";

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int DUE_PER_TICK_MAX = 500;
    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();

    private final EntitlementUpdate update;
    private final Clock clock;
    private @Nullable KeyValueStore<String, EntitlementClaims> claims;
    private @Nullable KeyValueStore<String, String> due;

    Entitle(EntitlementUpdate update, Clock clock) {
        this.update = update;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        claims = context.getStateStore(STORE);
        due = context.getStateStore(DUE_STORE);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
    }

    @Override
    public void process(Record<String, Claim> record) {
        var claim = record.value();
        var key = key(claim);
        var before = Objects.requireNonNullElse(Objects.requireNonNull(claims).get(key), NOTHING);
        write(key, before, update.claimed(before, claim, now()), record.timestamp());
    }

    /** What time alone changes. Work left over waits for the next tick. */
    private void tick() {
        var now = now();
        var passed = new ArrayList<String>();
        try (var range = Objects.requireNonNull(due).range(null, DueKey.upTo(now))) {
            while (range.hasNext() && passed.size() < DUE_PER_TICK_MAX) {
                passed.add(range.next().key);
            }
        }
        for (var dueKey : passed) {
            var key = DueKey.entitlementKey(dueKey);
            var before = Objects.requireNonNull(claims).get(key);
            Objects.requireNonNull(due).delete(dueKey);
            if (before != null) {
                write(key, before, update.timePassed(before, now), now.toEpochMilli());
            }
        }
    }

    private void write(String key, EntitlementClaims before, EntitlementUpdate.Step step, long timestamp) {
        reschedule(key, before.getNextCheck(), step.after().getNextCheck());
        Objects.requireNonNull(claims).put(key, step.after());
        step.event().ifPresent(event -> {
            var headers = new RecordHeaders();
            context().forward(new Record<>(event.getSubject(), event, timestamp, headers), TO_EVENTS);
            context().forward(new Record<>(key, new Entitlement(event, null), timestamp, headers), TO_STATE);
        });
    }

    private void reschedule(String key, @Nullable Instant before, @Nullable Instant after) {
        if (!Objects.equals(before, after)) {
            if (before != null) {
                Objects.requireNonNull(due).delete(DueKey.of(before, key));
            }
            if (after != null) {
                Objects.requireNonNull(due).put(DueKey.of(after, key), "");
            }
        }
    }

    /** Milliseconds, as everything on topics. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    static String key(Claim claim) {
        return key(claim.getSubject(), claim.getEntitlement(), claim.getScope());
    }

    private static String key(String subject, String entitlement, @Nullable String scope) {
        return subject + "/" + entitlement + (scope == null ? "" : "/" + scope);
    }
}
