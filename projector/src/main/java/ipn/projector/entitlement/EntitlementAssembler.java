package ipn.projector.entitlement;

import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.avro.PartitionBrake;
import ipn.projector.access.EntitlementUpdate.Derived;
import ipn.projector.brake.Brake;
import ipn.projector.notification.NotificationRules;
import ipn.projector.notification.NotificationRules.Current;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what the rules of access, of the brake and of notifications found: the only place where the stored state of an
 * entitlement is built.
 */
public record EntitlementAssembler(NotificationRules notifications) {

    /**
     * The state to keep, and what to emit.
     *
     * @param brake as it is to be kept
     */
    public record Result(
            EntitlementClaims after,
            Optional<EntitlementEvent> event,
            List<NotificationCommand> commands,
            PartitionBrake brake) {}

    /** By time alone: the trace stays. */
    public Result assemble(EntitlementClaims before, Derived derived, Brake.Decision decision, Instant now) {
        return assemble(before, derived, decision, before.getTrace(), now);
    }

    /** @param trace header {@code traceparent} of the newest record that was about it; no rule depends on it */
    public Result assemble(
            EntitlementClaims before, Derived derived, Brake.Decision decision, @Nullable String trace, Instant now) {
        var last = decision.event().orElse(before.getLast());
        var withheld = decision.withheld().isPresent() || decision.discarded().isPresent();
        var notified = notifications.derive(before, new Current(derived.claims(), last, withheld), now);
        var after = EntitlementClaims.newBuilder()
                .setClaims(derived.claims())
                .setLast(last)
                .setWithheld(decision.withheld().orElse(null))
                .setDiscarded(decision.discarded().orElse(null))
                .setSentNotifications(notified.sent())
                .setHadAccess(notified.hadAccess())
                .setNotifyAt(notified.notifyAt().orElse(null))
                .setTrace(trace)
                .setNextCheck(earliest(Stream.of(derived.nextCheck(), decision.nextCheck(), notified.notifyAt()))
                        .orElse(null))
                .build();
        return new Result(after, decision.event(), notified.commands(), decision.brake());
    }

    private static Optional<Instant> earliest(Stream<Optional<Instant>> times) {
        return times.flatMap(Optional::stream).min(Comparator.naturalOrder());
    }
}
