package ipn.projector.stream;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.EntitlementClaims;
import ipn.avro.FraudFlags;
import ipn.key.EntitlementKey;
import ipn.projector.Safeguards;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.access.FraudFlagRules;
import ipn.projector.access.PersonalClaims;
import ipn.projector.brake.Brake;
import ipn.projector.deadletter.RulesFailedException;
import ipn.projector.entitlement.EntitlementAssembler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the claims of each subject, entitlement and scope, and emits an event whenever what they add up to changes: by a claim, or by
 * our own clock with bounded work per tick.
 */
public final class EntitlementNode extends ContextualProcessor<String, Claim, String, Object>
        implements DueBefore<Claim> {
    /** Entitlements derived for each cause (time, a block, a brake command) per tick and partition, at most. */
    public static final int PER_TICK_MAX = 50;

    /** Claims of purchases that were transferred, to the node of the other subject. */
    public static final String TO_TRANSFERRED = "transferred-claims-out";

    /** Often and little: claims that arrive meanwhile share a thread with the ticks of all its partitions. */
    static final Duration TICK = Duration.ofMillis(100);

    /** What is due takes at most a twenty-fifth of a thread for each partition, however much is due. */
    private static final Duration TIME_PER_TICK_MAX = Duration.ofMillis(4);

    private static final int AT_ONCE = 5;

    private final EntitlementUpdate update;
    private final Safeguards safeguards;
    private final IntFunction<Brake> brakes;
    private final EntitlementAssembler assembler;
    private final ProjectorMeters meters;
    private final LeftOut leftOut;
    private final Clock clock;
    private @Nullable ClockWork clockWork;
    private @Nullable EntitlementStore entitlements;
    private @Nullable FraudBlocks blocks;
    private @Nullable BrakeCommandExecutor commands;
    private @Nullable BrakeStatusReporter reporter;

    /** @param brakes the brake of a partition, by its number */
    public EntitlementNode(
            EntitlementUpdate update,
            Safeguards safeguards,
            IntFunction<Brake> brakes,
            EntitlementAssembler assembler,
            ProjectorMeters meters,
            Clock clock) {
        this.update = update;
        this.safeguards = safeguards;
        this.brakes = brakes;
        this.assembler = assembler;
        this.meters = meters;
        this.leftOut = new LeftOut(meters);
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        var brake = brakes.apply(context.taskId().partition());
        var brakeStore = new BrakeStore(context, meters);
        var store = new EntitlementStore(context, brake, brakeStore, assembler, meters);
        var failures = new ClockWork(meters, context.taskId().partition());
        var fraudBlocks = new FraudBlocks(context, safeguards.fraud(), update, store, failures, meters);
        clockWork = failures;
        entitlements = store;
        blocks = fraudBlocks;
        commands = new BrakeCommandExecutor(update, store, fraudBlocks, brakeStore, failures);
        reporter = new BrakeStatusReporter(context, brake, brakeStore);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
    }

    @Override
    public void process(Record<String, Claim> record) {
        var claim = record.value();
        if (claim.getShadow()) {
            return;
        }
        var now = now();
        var store = Objects.requireNonNull(entitlements);
        var fraudBlocks = Objects.requireNonNull(blocks);
        var planned = RulesFailedException.guard(() -> plan(claim, store, fraudBlocks, now));
        countLeftOut(planned.change(), claim);
        store.write(planned.key(), planned.change(), record.timestamp());
        if (planned.change().result().event().isPresent()) {
            meters.entitled(now.toEpochMilli() - record.timestamp());
        }
        planned.transferred()
                .forEach(each -> context()
                        .forward(
                                new Record<>(each.getSubject(), each, record.timestamp(), new RecordHeaders()),
                                TO_TRANSFERRED));
        if (fraudBlocks.write(claim, planned.flags())) {
            fraudBlocks.revisit(PER_TICK_MAX, now);
        }
    }

    @Override
    public Optional<Instant> nextOf(Claim claim) {
        var key = EntitlementKey.of(claim).toString();
        return Optional.ofNullable(Objects.requireNonNull(entitlements).get(key).getNextCheck());
    }

    @Override
    public void doDue(Claim claim) {
        deriveDue(EntitlementKey.of(claim).toString(), Objects.requireNonNull(entitlements), now());
    }

    /** All that a claim changes, before anything is written. */
    private record Planned(
            String key, EntitlementStore.Change change, List<Claim> transferred, Optional<FraudFlags> flags) {}

    private Planned plan(Claim claim, EntitlementStore store, FraudBlocks fraudBlocks, Instant now) {
        var key = EntitlementKey.of(claim).toString();
        var before = store.get(key);
        var flags = fraudBlocks.after(claim);
        var derived = update.onClaim(before, claim, flags.flatMap(FraudFlagRules::block), now);
        var transferred = PersonalClaims.transferred(before.getClaims(), derived.claims(), claim.getCause());
        return new Planned(key, store.plan(before, derived, now), transferred, flags);
    }

    private void countLeftOut(EntitlementStore.Change change, Claim claim) {
        var before = change.before().getClaims();
        leftOut.compare(
                LeftOut.What.CLAIM,
                before.size(),
                before.stream().anyMatch(each -> each.getClaimKey().equals(claim.getClaimKey())),
                claim.getKind() != ClaimKind.WITHDRAWN,
                change.result().after().getClaims().size());
    }

    /** Work left over waits for the next tick. */
    private void tick() {
        var now = now();
        deriveDue(now);
        Objects.requireNonNull(blocks).revisit(PER_TICK_MAX, now);
        var status = Objects.requireNonNull(reporter);
        Objects.requireNonNull(commands).step(PER_TICK_MAX, now, () -> status.report(now));
        status.reportPeriodically(now);
    }

    private void deriveDue(Instant now) {
        var store = Objects.requireNonNull(entitlements);
        var began = clock.millis();
        var done = 0;
        var more = true;
        while (more && done < PER_TICK_MAX && clock.millis() - began < TIME_PER_TICK_MAX.toMillis()) {
            var due = store.takeDue(now, AT_ONCE);
            due.forEach(key -> deriveDue(key, store, now));
            done += due.size();
            more = due.size() == AT_ONCE;
        }
        meters.ticked(context().taskId().partition(), done, more ? 1 : 0);
    }

    private void deriveDue(String key, EntitlementStore store, Instant now) {
        Objects.requireNonNull(clockWork)
                .compute(() -> onTime(store.get(key), store, now), now)
                .ifPresentOrElse(
                        change -> store.write(key, change, now.toEpochMilli()),
                        () -> store.retry(key, now.plus(ClockWork.RETRY_AFTER)));
    }

    private EntitlementStore.Change onTime(EntitlementClaims before, EntitlementStore store, Instant now) {
        var block = Objects.requireNonNull(blocks).blockOf(before);
        return store.plan(before, update.onTime(before, block, now), now);
    }

    @Override
    public void close() {
        meters.remove(context().taskId().partition());
    }

    /** Milliseconds, as in all topics. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
