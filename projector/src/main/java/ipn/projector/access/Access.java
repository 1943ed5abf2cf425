package ipn.projector.access;

import ipn.avro.Claim;
import java.time.Instant;
import java.util.Optional;

/**
 * What claims add up to at a time.
 *
 * @param status what holds
 * @param from start of access
 * @param until end of what is paid for; empty: no end. For ENDED: when it ended
 * @param graceUntil GRACE only
 * @param reason why, one of the reasons of {@code EntitlementEvent}
 * @param decisive the claim that decides
 * @param nextCheck when time alone will change this; empty: never
 * @param knownEnd when access ends unless somebody pays: nothing will renew it, or it is in grace; empty: it renews, has no end,
 *     or there is none
 */
public record Access(
        Status status,
        Instant from,
        Optional<Instant> until,
        Optional<Instant> graceUntil,
        String reason,
        Claim decisive,
        Optional<Instant> nextCheck,
        Optional<Instant> knownEnd) {

    /** Best first. */
    public enum Status {
        ACTIVE,
        GRACE,
        SUSPENDED,
        ENDED
    }

    /** Has access, as long as it lasts. */
    boolean open() {
        return status == Status.ACTIVE || status == Status.GRACE;
    }

    /** When access ends, or what is paid for does; empty: never. */
    Optional<Instant> end() {
        return graceUntil.or(() -> until);
    }

    static Access active(Claim decisive, Instant from, Instant until, boolean renews, String reason) {
        return new Access(
                Status.ACTIVE,
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
                Status.ACTIVE,
                from,
                Optional.empty(),
                Optional.empty(),
                "PAID",
                decisive,
                Optional.empty(),
                Optional.empty());
    }

    static Access grace(Claim decisive, Instant from, Instant until, Instant graceUntil, String reason) {
        return new Access(
                Status.GRACE,
                from,
                Optional.of(until),
                Optional.of(graceUntil),
                reason,
                decisive,
                Optional.of(graceUntil),
                Optional.of(graceUntil));
    }

    /** Looked at again when what is questioned has passed, whatever else is paid for. */
    static Access suspended(Claim questioned, Instant from, Optional<Instant> until) {
        return new Access(
                Status.SUSPENDED,
                from,
                until,
                Optional.empty(),
                questioned.getStatus(),
                questioned,
                Optional.ofNullable(questioned.getUntil()),
                Optional.empty());
    }

    /** Until the gateway says otherwise, or something is paid for again. */
    static Access paused(Claim paused, Instant from, Instant until) {
        return new Access(
                Status.SUSPENDED,
                from,
                Optional.of(until),
                Optional.empty(),
                paused.getStatus(),
                paused,
                Optional.empty(),
                Optional.empty());
    }

    static Access ended(Claim decisive, Instant from, Instant at, String reason) {
        return new Access(
                Status.ENDED,
                from,
                Optional.of(at),
                Optional.empty(),
                reason,
                decisive,
                Optional.empty(),
                Optional.empty());
    }

    /** The same while another claim's fraud flag blocks the subject: no access, and it ends when it would have. */
    Access blocked(Claim flagged) {
        return status == Status.ACTIVE || status == Status.GRACE
                ? new Access(
                        Status.SUSPENDED,
                        from,
                        until,
                        Optional.empty(),
                        flagged.getStatus(),
                        flagged,
                        nextCheck,
                        Optional.empty())
                : this;
    }
}
