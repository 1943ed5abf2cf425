package ipn.projector.access;

import ipn.avro.AccessReason;
import ipn.avro.Claim;
import ipn.avro.EntitlementStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Access to one entitlement at a time, derived from claims.
 *
 * @param status what holds
 * @param from start of access
 * @param until end of what is paid for; empty: no end. For ENDED: when it ended
 * @param graceUntil GRACE only
 * @param reason why
 * @param decisive the claim that decides
 * @param nextCheck when time alone will change this; empty: never
 * @param knownEnd when access ends unless somebody pays: nothing will renew it, or it is in grace; empty: it renews, has no end,
 *     or there is none
 */
public record Access(
        EntitlementStatus status,
        Instant from,
        Optional<Instant> until,
        Optional<Instant> graceUntil,
        AccessReason reason,
        Claim decisive,
        Optional<Instant> nextCheck,
        Optional<Instant> knownEnd) {

    /** Whether the subject has access, as long as it lasts. */
    public boolean isOpen() {
        return givesAccess(status);
    }

    /** Whether a subject whose entitlement has this status may use it. */
    public static boolean givesAccess(EntitlementStatus status) {
        return status == EntitlementStatus.ACTIVE || status == EntitlementStatus.GRACE;
    }

    /** When access ends, or what is paid for does; empty: never. */
    Optional<Instant> end() {
        return graceUntil.or(() -> until);
    }

    static Access active(Claim decisive, Instant from, Instant until, boolean renews, AccessReason reason) {
        return new Access(
                EntitlementStatus.ACTIVE,
                from,
                Optional.of(until),
                Optional.empty(),
                reason,
                decisive,
                Optional.of(until),
                renews ? Optional.empty() : Optional.of(until));
    }

    static Access forever(Claim decisive, Instant from) {
        return new Access(
                EntitlementStatus.ACTIVE,
                from,
                Optional.empty(),
                Optional.empty(),
                AccessReason.PAID,
                decisive,
                Optional.empty(),
                Optional.empty());
    }

    static Access grace(Claim decisive, Instant from, Instant until, Instant graceUntil, AccessReason reason) {
        return new Access(
                EntitlementStatus.GRACE,
                from,
                Optional.of(until),
                Optional.of(graceUntil),
                reason,
                decisive,
                Optional.of(graceUntil),
                Optional.of(graceUntil));
    }

    /** Derived again when the period in question has passed, whatever else is paid for. */
    static Access suspended(Claim questioned, Instant from, Optional<Instant> until) {
        return new Access(
                EntitlementStatus.SUSPENDED,
                from,
                until,
                Optional.empty(),
                AccessReasons.of(questioned.getStatus()),
                questioned,
                Optional.ofNullable(questioned.getUntil()),
                Optional.empty());
    }

    /** Until the gateway reports another status, or something is paid for again. */
    static Access paused(Claim paused, Instant from, Instant until) {
        return new Access(
                EntitlementStatus.SUSPENDED,
                from,
                Optional.of(until),
                Optional.empty(),
                AccessReasons.of(paused.getStatus()),
                paused,
                Optional.empty(),
                Optional.empty());
    }

    static Access ended(Claim decisive, Instant from, Instant at, AccessReason reason) {
        return new Access(
                EntitlementStatus.ENDED,
                from,
                Optional.of(at),
                Optional.empty(),
                reason,
                decisive,
                Optional.empty(),
                Optional.empty());
    }

    /** The same while the fraud flag of another claim blocks the subject: no access, and its end stays. */
    Access blocked(Claim flagged) {
        return isOpen()
                ? new Access(
                        EntitlementStatus.SUSPENDED,
                        from,
                        until,
                        Optional.empty(),
                        AccessReasons.of(flagged.getStatus()),
                        flagged,
                        nextCheck,
                        Optional.empty())
                : this;
    }
}
