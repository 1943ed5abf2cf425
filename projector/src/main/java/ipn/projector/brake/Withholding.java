package ipn.projector.brake;

import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.WithheldRevocation;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a withheld revocation down, and finds it again. */
public final class Withholding {
    private static final Set<String> ACCESS = Set.of("ACTIVE", "GRACE");

    private Withholding() {}

    /** Whether what was told lets somebody use something; null: nothing was. */
    public static boolean givesAccess(@Nullable EntitlementEvent last) {
        return last != null && ACCESS.contains(last.getStatus());
    }

    static WithheldRevocation of(EntitlementEvent event, long number, Instant since) {
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

    /** Another change in the place of one withheld or dropped before. */
    static WithheldRevocation renewed(WithheldRevocation before, EntitlementEvent event) {
        return of(event, before.getNumber(), before.getSince());
    }

    /** What was last told still holds until its own end, and the change waits. */
    static EntitlementClaims held(EntitlementClaims before, EntitlementClaims derived, WithheldRevocation held, Instant now) {
        return EntitlementClaims.newBuilder(derived)
                .setLast(before.getLast())
                .setWithheld(held)
                .setDiscarded(null)
                .setNextCheck(nextCheck(before, derived, now))
                .build();
    }

    /** What was last told holds until its own end. */
    static EntitlementClaims dropped(
            EntitlementClaims before, EntitlementClaims derived, @Nullable WithheldRevocation dropped, Instant now) {
        return EntitlementClaims.newBuilder(derived)
                .setLast(before.getLast())
                .setWithheld(null)
                .setDiscarded(dropped)
                .setNextCheck(nextCheck(before, derived, now))
                .build();
    }

    /** Whether this very change was dropped, or only time passed since, and what was last told has not run out. */
    static boolean isDropped(EntitlementClaims before, EntitlementEvent event, Instant now) {
        var dropped = before.getDiscarded();
        return dropped != null
                && !ranOut(before.getLast(), now)
                && (event.getCause().getByClock() || isSame(dropped, event));
    }

    /** Whether the end that was told has come. */
    static boolean ranOut(@Nullable EntitlementEvent last, Instant now) {
        var end = end(last);
        return end != null && !now.isBefore(end);
    }

    /** Whether access is over, or will be, sooner than was told, while that is still to come. A suspension is no end. */
    static boolean endsEarlier(EntitlementEvent last, EntitlementEvent event) {
        return switch (event.getStatus()) {
            case "ENDED" -> true;
            case "SUSPENDED" -> false;
            default -> isEarlier(end(event), end(last));
        };
    }

    private static boolean isSame(WithheldRevocation dropped, EntitlementEvent event) {
        return dropped.getStatus().equals(event.getStatus())
                && dropped.getReason().equals(event.getReason())
                && dropped.getPaymentKey().equals(event.getPaymentKey())
                && Objects.equals(dropped.getUntil(), end(event));
    }

    /** Also when what was last told ends, unless it has. */
    private static @Nullable Instant nextCheck(EntitlementClaims before, EntitlementClaims derived, Instant now) {
        var last = before.getLast();
        var next = derived.getNextCheck();
        return !ranOut(last, now) && isEarlier(end(last), next) ? end(last) : next;
    }

    /** Null: never. */
    private static boolean isEarlier(@Nullable Instant a, @Nullable Instant b) {
        return a != null && (b == null || a.isBefore(b));
    }

    private static @Nullable Instant end(@Nullable EntitlementEvent event) {
        if (event == null) {
            return null;
        }
        return event.getGraceUntil() == null ? event.getUntil() : event.getGraceUntil();
    }
}
