package ipn.projector.entitlement;

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
 */
public record Access(
        Status status,
        Instant from,
        Optional<Instant> until,
        Optional<Instant> graceUntil,
        String reason,
        Claim decisive,
        Optional<Instant> nextCheck) {

    /** Best first. */
    public enum Status {
        ACTIVE,
        GRACE,
        SUSPENDED,
        ENDED
    }

    static Access active(Claim decisive, Instant from, Optional<Instant> until, String reason) {
        return new Access(Status.ACTIVE, from, until, Optional.empty(), reason, decisive, until);
    }

    static Access grace(Claim decisive, Instant from, Instant until, Instant graceUntil, String reason) {
        return new Access(
                Status.GRACE,
                from,
                Optional.of(until),
                Optional.of(graceUntil),
                reason,
                decisive,
                Optional.of(graceUntil));
    }

    /** Looked at again when what is questioned has passed, whatever else is paid for. */
    static Access suspended(Claim questioned, Instant from, Optional<Instant> until) {
        return new Access(
                Status.SUSPENDED,
                from,
                until,
                Optional.empty(),
                questioned.getStanding(),
                questioned,
                Optional.ofNullable(questioned.getUntil()));
    }

    static Access ended(Claim decisive, Instant from, Instant at, String reason) {
        return new Access(Status.ENDED, from, Optional.of(at), Optional.empty(), reason, decisive, Optional.empty());
    }

    /** The same while another claim's fraud flag blocks the subject: no access, and it ends when it would have. */
    Access blocked(Claim flagged) {
        return status == Status.ACTIVE || status == Status.GRACE
                ? new Access(Status.SUSPENDED, from, until, Optional.empty(), flagged.getStanding(), flagged, nextCheck)
                : this;
    }
}
