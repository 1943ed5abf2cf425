package ipn.projector.brake;

import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.WithheldRevocation;
import ipn.projector.access.Access;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a withheld or discarded revocation is kept, and compared with a later change. */
public final class Withholding {
    private Withholding() {}

    /** Whether the last event gives access; null: none was emitted. */
    public static boolean givesAccess(@Nullable EntitlementEvent last) {
        return last != null && Access.givesAccess(last.getStatus());
    }

    static WithheldRevocation withheld(EntitlementEvent event, long number, Instant since) {
        return WithheldRevocation.newBuilder()
                .setType(event.getType())
                .setReason(event.getReason())
                .setSince(since)
                .setNumber(number)
                .setPaymentKey(Objects.requireNonNullElse(event.getPaymentKey(), ""))
                .setCause(event.getCause())
                .setStatus(event.getStatus())
                .setUntil(end(event))
                .build();
    }

    /** Another change that takes the place of one withheld or discarded before. The same change keeps its cause. */
    static WithheldRevocation replace(WithheldRevocation before, EntitlementEvent event) {
        return before.getType() == event.getType() && isSame(before, event)
                ? before
                : withheld(event, before.getNumber(), before.getSince());
    }

    /** Whether this change was discarded, or only time passed since, and the last event has not run out. */
    static boolean isDiscarded(EntitlementClaims before, EntitlementEvent event, Instant now) {
        var discarded = before.getDiscarded();
        return discarded != null
                && !ranOut(before.getLast(), now)
                && (event.getCause().getByClock() || isSame(discarded, event));
    }

    /** When the last event runs out, unless it has; empty: never. */
    static Optional<Instant> pendingEnd(@Nullable EntitlementEvent last, Instant now) {
        return ranOut(last, now) ? Optional.empty() : Optional.ofNullable(end(last));
    }

    /** Whether the end in the last event has passed. */
    static boolean ranOut(@Nullable EntitlementEvent last, Instant now) {
        var end = end(last);
        return end != null && !now.isBefore(end);
    }

    /** Whether access ends earlier than in the last event, whose end has not passed. A suspension is no end. */
    static boolean endsEarlier(EntitlementEvent last, EntitlementEvent event) {
        return switch (event.getStatus()) {
            case ENDED -> true;
            case SUSPENDED, UNKNOWN -> false;
            case ACTIVE, GRACE -> isEarlier(end(event), end(last));
        };
    }

    private static boolean isSame(WithheldRevocation discarded, EntitlementEvent event) {
        return discarded.getStatus() == event.getStatus()
                && discarded.getReason() == event.getReason()
                && discarded.getPaymentKey().equals(event.getPaymentKey())
                && Objects.equals(discarded.getUntil(), end(event));
    }

    /** Null: never. */
    private static boolean isEarlier(@Nullable Instant a, @Nullable Instant b) {
        return a != null && (b == null || a.isBefore(b));
    }

    /** When access as in an event ends; null: never, or no event. */
    private static @Nullable Instant end(@Nullable EntitlementEvent event) {
        if (event == null) {
            return null;
        }
        return event.getGraceUntil() == null ? event.getUntil() : event.getGraceUntil();
    }
}
