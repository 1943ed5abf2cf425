package ipn.projector.brake;

import ipn.avro.BrakeStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.PartitionBrake;
import ipn.projector.entitlement.EntitlementUpdate.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a change of access is told or withheld. A brake once engaged stays so until somebody decides: whatever takes
 * access away is withheld, everything else flows on.
 */
public final class Braking {
    /** The brake of a partition in which nothing ever happened. */
    public static final PartitionBrake RELEASED = PartitionBrake.newBuilder()
            .setActive(0)
            .setHeld(0)
            .setLastNumber(0)
            .setWindow(List.of())
            .setReleased(0)
            .setDiscarded(0)
            .setOrders(List.of())
            .setDone(List.of())
            .build();

    private final BrakeSettings settings;
    private final Limits limits;
    private final SlidingWindow window;

    /** The brake of one of the partitions, counted from 0. */
    public Braking(BrakeSettings settings, int partition, int partitions) {
        this.settings = settings;
        this.limits = new Limits(settings, partition, partitions);
        this.window = new SlidingWindow(settings.window());
    }

    /**
     * What comes of a change.
     *
     * @param after the entitlement as it is to be kept
     * @param event to be told; empty where nothing changes, or it is withheld
     * @param brake as it is to be kept
     */
    public record Judged(EntitlementClaims after, Optional<EntitlementEvent> event, PartitionBrake brake) {}

    /** Judges a change by a claim or by the clock, told or not so far. */
    public Judged judge(PartitionBrake brake, EntitlementClaims before, Step step, Instant now) {
        var change = step.event();
        if (change.isEmpty() || !counts(before.getLast(), change.get(), now)) {
            return told(brake, before, step);
        }
        var event = change.get();
        if (Holds.isDropped(before, event, now)) {
            var dropped = Holds.renewed(before.getDropped(), event);
            return new Judged(Holds.dropped(before, step.after(), dropped, now), Optional.empty(), brake);
        }
        if (before.getHeld() != null) {
            var held = Holds.renewed(before.getHeld(), event);
            return new Judged(Holds.held(before, step.after(), held, now), Optional.empty(), brake);
        }
        var told = window.told(brake.getWindow(), now);
        var reached = limits.reached(told, brake.getActive());
        if (brake.getSince() != null || reached.isPresent()) {
            return withheld(engaged(brake, reached, now), before, step, event, now);
        }
        var counted = PartitionBrake.newBuilder(brake)
                .setWindow(window.plusOne(brake.getWindow(), now))
                .build();
        return told(counted, before, step);
    }

    /** Tells a withheld change: somebody decided so. It counts against no limit. */
    public Judged released(PartitionBrake brake, EntitlementClaims before, Step step) {
        var counted = PartitionBrake.newBuilder(brake)
                .setReleased(brake.getReleased() + 1)
                .build();
        return told(counted, before, step);
    }

    /** Drops a withheld change: what was last told holds to its end. */
    public Judged discarded(PartitionBrake brake, EntitlementClaims before, Instant now) {
        var counted = PartitionBrake.newBuilder(brake)
                .setHeld(brake.getHeld() - 1)
                .setDiscarded(brake.getDiscarded() + 1)
                .build();
        return new Judged(Holds.dropped(before, before, before.getHeld(), now), Optional.empty(), counted);
    }

    /** For people and their tools. */
    public BrakeStatus status(PartitionBrake brake, Instant now) {
        return BrakeStatus.newBuilder()
                .setPartition(limits.partition())
                .setEngaged(brake.getSince() != null)
                .setSince(brake.getSince())
                .setWhy(brake.getWhy())
                .setHeld(brake.getHeld())
                .setInWindow(window.told(brake.getWindow(), now))
                .setActive(brake.getActive())
                .setLastCommand(brake.getLastCommand())
                .setReleased(brake.getReleased())
                .setDiscarded(brake.getDiscarded())
                .setAt(now)
                .build();
    }

    /** Only what takes away something that somebody has. What was told to end ends: that is what was sold. */
    private boolean counts(@Nullable EntitlementEvent last, EntitlementEvent event, Instant now) {
        if (last == null || !Holds.givesAccess(last)) {
            return false;
        }
        if (Holds.ranOut(last, now)) {
            return event.getType().equals("EXPIRED") && settings.counts().contains("EXPIRED");
        }
        return settings.counts().contains(event.getType()) || Holds.endsEarlier(last, event);
    }

    /** As derived. Whatever was withheld or dropped is past. */
    private static Judged told(PartitionBrake brake, EntitlementClaims before, Step step) {
        var after = EntitlementClaims.newBuilder(step.after())
                .setHeld(null)
                .setDropped(null)
                .build();
        var gained = gives(after.getLast()) - gives(before.getLast());
        var lifted = before.getHeld() == null ? 0 : 1;
        if (gained == 0 && lifted == 0) {
            return new Judged(after, step.event(), brake);
        }
        var changed = PartitionBrake.newBuilder(brake)
                .setActive(brake.getActive() + gained)
                .setHeld(brake.getHeld() - lifted)
                .build();
        return new Judged(after, step.event(), changed);
    }

    private static PartitionBrake engaged(PartitionBrake brake, Optional<String> reached, Instant now) {
        return brake.getSince() != null
                ? brake
                : PartitionBrake.newBuilder(brake)
                        .setSince(now)
                        .setWhy(reached.orElse(null))
                        .build();
    }

    private static Judged withheld(
            PartitionBrake brake, EntitlementClaims before, Step step, EntitlementEvent event, Instant now) {
        var number = brake.getLastNumber() + 1;
        var counted = PartitionBrake.newBuilder(brake)
                .setLastNumber(number)
                .setHeld(brake.getHeld() + 1)
                .build();
        var held = Holds.of(event, number, now);
        return new Judged(Holds.held(before, step.after(), held, now), Optional.empty(), counted);
    }

    private static int gives(@Nullable EntitlementEvent last) {
        return Holds.givesAccess(last) ? 1 : 0;
    }
}
