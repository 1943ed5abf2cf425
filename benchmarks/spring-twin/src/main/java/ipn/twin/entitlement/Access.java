package ipn.twin.entitlement;

import java.time.Instant;
import java.util.Optional;

/**
 * What a subject may use.
 *
 * @param until when it ends without another payment; empty if it has no end, or is not active
 */
public record Access(Status status, Optional<Instant> until) {
    public static final Access NONE = new Access(Status.NONE, Optional.empty());

    /** In ascending order of what the subject may use: of several payments the one that grants most decides. */
    public enum Status {
        NONE,
        ENDED,
        SUSPENDED,
        ACTIVE
    }
}
