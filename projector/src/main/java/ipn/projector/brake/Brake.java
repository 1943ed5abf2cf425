package ipn.projector.brake;

import ipn.avro.BrakeStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.PartitionBrake;
import ipn.avro.WithheldRevocation;
import ipn.decision.DecisionCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker for revocations: decides whether a change of access is emitted or withheld. Once engaged it stays engaged until a
 * person decides: what takes access away is withheld, everything else is emitted.
 */
public final class Brake {
    /** The brake of a partition without any event. */
    public static final PartitionBrake RELEASED = PartitionBrake.newBuilder()
            .setActive(0)
            .setWithheld(0)
            .setLastNumber(0)
            .setWindow(List.of())
            .setReleased(0)
            .setDiscarded(0)
            .setCommands(List.of())
            .setCompleted(List.of())
            .build();

    private final BrakeSettings settings;
    private final BrakeLimits limits;
    private final SlidingWindow window;

    /** The brake of one of the partitions, counted from 0. */
    public Brake(BrakeSettings settings, int partition, int partitions) {
        this.settings = settings;
        this.limits = new BrakeLimits(settings, partition, partitions);
        this.window = new SlidingWindow(settings.window());
    }

    /**
     * What becomes of a change.
     *
     * @param event to emit; empty where nothing changes, or the change is withheld or discarded
     * @param withheld the change, where it is withheld
     * @param discarded the change, where it is discarded
     * @param nextCheck when the last event runs out, where it holds in spite of the change
     * @param brake as it is to be kept
     */
    public record Decision(
            Optional<EntitlementEvent> event,
            Optional<WithheldRevocation> withheld,
            Optional<WithheldRevocation> discarded,
            Optional<Instant> nextCheck,
            PartitionBrake brake) {}

    /** Decides about a change by a claim or by the clock. */
    public Decision decide(
            PartitionBrake brake, EntitlementClaims before, Optional<EntitlementEvent> change, Instant now) {
        if (change.isEmpty() || !counts(before.getLast(), change.get(), now)) {
            return emit(brake, before, change);
        }
        var event = change.get();
        if (Withholding.isDiscarded(before, event, now)) {
            return discarded(brake, before, Withholding.replace(before.getDiscarded(), event), now);
        }
        if (before.getWithheld() != null) {
            return withheld(brake, before, Withholding.replace(before.getWithheld(), event), now);
        }
        var emitted = window.emitted(brake.getWindow(), now);
        var reached = limits.reached(emitted, brake.getActive());
        if (brake.getSince() != null || reached.isPresent()) {
            return withhold(engaged(brake, reached, now), before, event, now);
        }
        var counted = PartitionBrake.newBuilder(brake)
                .setWindow(window.plusOne(brake.getWindow(), now))
                .build();
        return emit(counted, before, change);
    }

    /** Emits a withheld change: a person released it. It counts against no limit. */
    public Decision release(PartitionBrake brake, EntitlementClaims before, Optional<EntitlementEvent> change) {
        var counted = PartitionBrake.newBuilder(brake)
                .setReleased(brake.getReleased() + 1)
                .build();
        return emit(counted, before, change);
    }

    /** Discards a withheld change: the last event emitted holds to its end. */
    public Decision discard(PartitionBrake brake, EntitlementClaims before, Instant now) {
        var counted = PartitionBrake.newBuilder(brake)
                .setWithheld(brake.getWithheld() - 1)
                .setDiscarded(brake.getDiscarded() + 1)
                .build();
        return discarded(counted, before, before.getWithheld(), now);
    }

    /** For people and their tools. */
    public BrakeStatus status(PartitionBrake brake, Instant now) {
        return BrakeStatus.newBuilder()
                .setPartition(limits.partition())
                .setEngaged(brake.getSince() != null)
                .setSince(brake.getSince())
                .setWhy(brake.getWhy())
                .setWithheld(brake.getWithheld())
                .setInWindow(window.emitted(brake.getWindow(), now))
                .setActive(brake.getActive())
                .setLastCommand(brake.getLastCommand())
                .setReleased(brake.getReleased())
                .setDiscarded(brake.getDiscarded())
                .setAt(now)
                .build();
    }

    /** Only what takes away access that the subject has counts. What a person decided about this subject has been decided already. Access that ends as the last event said is what was sold. */
    private boolean counts(@Nullable EntitlementEvent last, EntitlementEvent event, Instant now) {
        if (last == null || !Withholding.givesAccess(last) || DecisionCause.isImmediate(event.getCause())) {
            return false;
        }
        if (Withholding.ranOut(last, now)) {
            return event.getType() == EntitlementEventType.EXPIRED
                    && settings.counts().contains(EntitlementEventType.EXPIRED);
        }
        return settings.counts().contains(event.getType()) || Withholding.endsEarlier(last, event);
    }

    /** As derived; what was withheld or discarded is cleared. */
    private static Decision emit(PartitionBrake brake, EntitlementClaims before, Optional<EntitlementEvent> change) {
        var gained = gives(change.orElse(before.getLast())) - gives(before.getLast());
        var lifted = before.getWithheld() == null ? 0 : 1;
        var counted = gained == 0 && lifted == 0
                ? brake
                : PartitionBrake.newBuilder(brake)
                        .setActive(brake.getActive() + gained)
                        .setWithheld(brake.getWithheld() - lifted)
                        .build();
        return new Decision(change, Optional.empty(), Optional.empty(), Optional.empty(), counted);
    }

    private static Decision withheld(
            PartitionBrake brake, EntitlementClaims before, WithheldRevocation withheld, Instant now) {
        var end = Withholding.pendingEnd(before.getLast(), now);
        return new Decision(Optional.empty(), Optional.of(withheld), Optional.empty(), end, brake);
    }

    private static Decision discarded(
            PartitionBrake brake, EntitlementClaims before, @Nullable WithheldRevocation discarded, Instant now) {
        var end = Withholding.pendingEnd(before.getLast(), now);
        return new Decision(Optional.empty(), Optional.empty(), Optional.ofNullable(discarded), end, brake);
    }

    private static PartitionBrake engaged(PartitionBrake brake, Optional<String> reached, Instant now) {
        return brake.getSince() != null
                ? brake
                : PartitionBrake.newBuilder(brake)
                        .setSince(now)
                        .setWhy(reached.orElse(null))
                        .build();
    }

    private static Decision withhold(
            PartitionBrake brake, EntitlementClaims before, EntitlementEvent event, Instant now) {
        var number = brake.getLastNumber() + 1;
        var counted = PartitionBrake.newBuilder(brake)
                .setLastNumber(number)
                .setWithheld(brake.getWithheld() + 1)
                .build();
        return withheld(counted, before, Withholding.withheld(event, number, now), now);
    }

    private static int gives(@Nullable EntitlementEvent last) {
        return Withholding.givesAccess(last) ? 1 : 0;
    }
}
