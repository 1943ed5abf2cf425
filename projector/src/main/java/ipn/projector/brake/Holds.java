package ipn.projector.brake;

import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.Held;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a withheld revocation down, and finds it again. */
public final class Holds {
    private static final Set<String> ACCESS = Set.of("ACTIVE", "GRACE");

    private Holds() {}

    /** Whether what was told lets somebody use something; null: nothing was. */
    public static boolean givesAccess(@Nullable EntitlementEvent last) {
        return last != null && ACCESS.contains(last.getStatus());
    }

    static Held of(EntitlementEvent event, long number, Instant since) {
        return Held.newBuilder()
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

    /** What was last told still holds, and the change waits. */
    static EntitlementClaims held(EntitlementClaims before, EntitlementClaims derived, Held held) {
        return EntitlementClaims.newBuilder(derived)
                .setLast(before.getLast())
                .setHeld(held)
                .setDropped(null)
                .build();
    }

    /** What was last told holds until its own end. */
    static EntitlementClaims dropped(EntitlementClaims before, EntitlementClaims derived, @Nullable Held dropped) {
        return EntitlementClaims.newBuilder(derived)
                .setLast(before.getLast())
                .setHeld(null)
                .setDropped(dropped)
                .setNextCheck(earlier(derived.getNextCheck(), end(before.getLast())))
                .build();
    }

    /** Whether this very change was dropped, and what was last told has not run out. */
    static boolean isDropped(EntitlementClaims before, EntitlementEvent event, Instant now) {
        var dropped = before.getDropped();
        var end = end(before.getLast());
        return dropped != null
                && (end == null || now.isBefore(end))
                && dropped.getStatus().equals(event.getStatus())
                && dropped.getReason().equals(event.getReason())
                && dropped.getPaymentKey().equals(event.getPaymentKey())
                && Objects.equals(dropped.getUntil(), end(event));
    }

    private static @Nullable Instant end(@Nullable EntitlementEvent event) {
        if (event == null) {
            return null;
        }
        return event.getGraceUntil() == null ? event.getUntil() : event.getGraceUntil();
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }
}
