package ipn.projector.brake;

import ipn.avro.BrakeStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.PartitionBrake;
import ipn.projector.access.EntitlementUpdate.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a change of access is told or withheld. A brake once engaged stays so until somebody decides: whatever takes
 * access away is withheld, everything else flows on.
 */
public final class Brake {
    /** The brake of a partition in which nothing ever happened. */
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
        if (Withholding.isDropped(before, event, now)) {
            var dropped = Withholding.renewed(before.getDiscarded(), event);
            return new Judged(Withholding.dropped(before, step.after(), dropped, now), Optional.empty(), brake);
        }
        if (before.getWithheld() != null) {
            var held = Withholding.renewed(before.getWithheld(), event);
            return new Judged(Withholding.held(before, step.after(), held, now), Optional.empty(), brake);
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
                .setWithheld(brake.getWithheld() - 1)
                .setDiscarded(brake.getDiscarded() + 1)
                .build();
        return new Judged(Withholding.dropped(before, before, before.getWithheld(), now), Optional.empty(), counted);
    }

    /** For people and their tools. */
    public BrakeStatus status(PartitionBrake brake, Instant now) {
        return BrakeStatus.newBuilder()
                .setPartition(limits.partition())
                .setEngaged(brake.getSince() != null)
                .setSince(brake.getSince())
                .setWhy(brake.getWhy())
                .setWithheld(brake.getWithheld())
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
        if (last == null || !Withholding.givesAccess(last)) {
            return false;
        }
        if (Withholding.ranOut(last, now)) {
            return event.getType().equals("EXPIRED") && settings.counts().contains("EXPIRED");
        }
        return settings.counts().contains(event.getType()) || Withholding.endsEarlier(last, event);
    }

    /** As derived. Whatever was withheld or dropped is past. */
    private static Judged told(PartitionBrake brake, EntitlementClaims before, Step step) {
        var after = EntitlementClaims.newBuilder(step.after())
                .setWithheld(null)
                .setDiscarded(null)
                .build();
        var gained = gives(after.getLast()) - gives(before.getLast());
        var lifted = before.getWithheld() == null ? 0 : 1;
        if (gained == 0 && lifted == 0) {
            return new Judged(after, step.event(), brake);
        }
        var changed = PartitionBrake.newBuilder(brake)
                .setActive(brake.getActive() + gained)
                .setWithheld(brake.getWithheld() - lifted)
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
                .setWithheld(brake.getWithheld() + 1)
                .build();
        var held = Withholding.of(event, number, now);
        return new Judged(Withholding.held(before, step.after(), held, now), Optional.empty(), counted);
    }

    private static int gives(@Nullable EntitlementEvent last) {
        return Withholding.givesAccess(last) ? 1 : 0;
    }
}
