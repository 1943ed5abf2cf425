package ipn.projector.stream;

import ipn.avro.Claim;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.key.EntitlementKey;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.access.EntitlementUpdate.Derived;
import ipn.projector.deadletter.RulesFailedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What accounts in mode shadow would give: keeps their claims, in stores of their own, and emits the newest state of each entitlement. It
 * notifies nobody, and no brake or fraud block applies.
 */
public final class ShadowEntitlementNode extends ContextualProcessor<String, Claim, String, Object> {
    public static final String STORE = "shadow-claims";
    public static final String DUE_STORE = "shadow-due";
    public static final String TO_STATE = "shadow-state-out";

    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();

    private final EntitlementUpdate update;
    private final ProjectorMeters meters;
    private final Clock clock;
    private @Nullable KeyValueStore<String, EntitlementClaims> claims;
    private @Nullable DueTimes due;
    private @Nullable ClockWork clockWork;

    public ShadowEntitlementNode(EntitlementUpdate update, ProjectorMeters meters, Clock clock) {
        this.update = update;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        claims = context.getStateStore(STORE);
        due = context.getStateStore(DUE_STORE);
        clockWork = new ClockWork(meters, context.taskId().partition());
        context.schedule(EntitlementNode.TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
    }

    @Override
    public void process(Record<String, Claim> record) {
        var claim = record.value();
        if (claim.getShadow()) {
            var key = EntitlementKey.of(claim).toString();
            var before = stored(key);
            var derived = RulesFailedException.guard(() -> update.onClaim(before, claim, Optional.empty(), now()));
            write(key, before, derived, record.timestamp());
        }
    }

    private void tick() {
        var now = now();
        for (var key : Objects.requireNonNull(due).take(now, EntitlementNode.PER_TICK_MAX)) {
            var before = stored(key);
            Objects.requireNonNull(clockWork)
                    .compute(() -> update.onTime(before, Optional.empty(), now), now)
                    .ifPresentOrElse(
                            derived -> write(key, before, derived, now.toEpochMilli()),
                            () -> Objects.requireNonNull(due).retry(key, now.plus(ClockWork.RETRY_AFTER)));
        }
    }

    private EntitlementClaims stored(String key) {
        return Objects.requireNonNullElse(Objects.requireNonNull(claims).get(key), NOTHING);
    }

    private void write(String key, EntitlementClaims before, Derived derived, long timestamp) {
        var after = EntitlementClaims.newBuilder(before)
                .setClaims(derived.claims())
                .setLast(derived.event().orElse(before.getLast()))
                .setNextCheck(derived.nextCheck().orElse(null))
                .build();
        Objects.requireNonNull(due).move(key, before.getNextCheck(), after.getNextCheck());
        Objects.requireNonNull(claims).put(key, after);
        derived.event()
                .ifPresent(event -> context()
                        .forward(
                                new Record<>(key, new Entitlement(event, null), timestamp, new RecordHeaders()),
                                TO_STATE));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
