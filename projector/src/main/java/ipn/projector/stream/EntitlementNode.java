package ipn.projector.stream;

import ipn.avro.Claim;
import ipn.projector.Safeguards;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.brake.Brake;
import ipn.projector.entitlement.EntitlementKey;
import ipn.projector.notification.NotificationRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.IntFunction;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the claims of each subject, entitlement and scope, and emits an event whenever what they add up to changes: by a
 * claim, or by our own clock with bounded work per tick.
 */
final class EntitlementNode extends ContextualProcessor<String, Claim, String, Object> {
    /** Often and little: claims that arrive meanwhile share a thread with the ticks of all its partitions. */
    static final Duration TICK = Duration.ofMillis(100);

    /** What is due takes a twenty-fifth of a thread for each partition, and no more, however much is due. */
    private static final Duration TIME_PER_TICK_MAX = Duration.ofMillis(4);

    private static final int AT_ONCE = 5;

    /** Entitlements looked at for each reason (time, a block, a decision about the brake) per tick and partition. */
    static final int PER_TICK_MAX = 50;

    private final EntitlementUpdate update;
    private final Safeguards safeguards;
    private final IntFunction<Brake> brakes;
    private final NotificationRules notifications;
    private final ProjectorMeters meters;
    private final Clock clock;
    private @Nullable EntitlementStore entitlements;
    private @Nullable FraudBlocks blocks;
    private @Nullable BrakeCommandExecutor orders;
    private @Nullable BrakeStatusReporter reports;

    /** @param brakes the brake of a partition, by its number */
    EntitlementNode(
            EntitlementUpdate update,
            Safeguards safeguards,
            IntFunction<Brake> brakes,
            NotificationRules notifications,
            ProjectorMeters meters,
            Clock clock) {
        this.update = update;
        this.safeguards = safeguards;
        this.brakes = brakes;
        this.notifications = notifications;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        var brake = new BrakeStore(context, meters);
        var braking = brakes.apply(context.taskId().partition());
        var kept = new EntitlementStore(context, braking, brake, notifications);
        var blocked = new FraudBlocks(context, safeguards.fraud(), update, kept);
        entitlements = kept;
        blocks = blocked;
        orders = new BrakeCommandExecutor(update, kept, blocked, brake);
        reports = new BrakeStatusReporter(context, braking, brake);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
    }

    @Override
    public void process(Record<String, Claim> record) {
        var claim = record.value();
        var key = key(claim);
        var now = now();
        var kept = Objects.requireNonNull(entitlements);
        var blocked = Objects.requireNonNull(blocks);
        var turned = blocked.heard(claim);
        var before = kept.of(key);
        var step = update.claimed(before, claim, blocked.of(claim.getSubject()), now);
        kept.change(key, before, step, now, record.timestamp());
        if (turned) {
            blocked.revisit(PER_TICK_MAX, now);
        }
    }

    /** Work left over waits for the next tick. */
    private void tick() {
        var now = now();
        passTime(now);
        Objects.requireNonNull(blocks).revisit(PER_TICK_MAX, now);
        var report = Objects.requireNonNull(reports);
        Objects.requireNonNull(orders).goOn(PER_TICK_MAX, now, () -> report.tell(now));
        report.tellNowAndThen(now);
    }

    private void passTime(Instant now) {
        var kept = Objects.requireNonNull(entitlements);
        var began = clock.millis();
        var passed = 0;
        var more = true;
        while (more && passed < PER_TICK_MAX && clock.millis() - began < TIME_PER_TICK_MAX.toMillis()) {
            var due = kept.takeDue(now, AT_ONCE);
            for (var key : due) {
                var before = kept.of(key);
                var step =
                        update.timePassed(before, Objects.requireNonNull(blocks).of(before), now);
                kept.change(key, before, step, now, now.toEpochMilli());
            }
            passed += due.size();
            more = due.size() == AT_ONCE;
        }
        meters.passed(context().taskId().partition(), passed, more ? 1 : 0);
    }

    @Override
    public void close() {
        meters.gone(context().taskId().partition());
    }

    /** Milliseconds, as everything on topics. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    static String key(Claim claim) {
        return EntitlementKey.of(claim.getSubject(), claim.getEntitlement(), claim.getScope());
    }
}
