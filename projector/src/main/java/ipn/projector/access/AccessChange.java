package ipn.projector.access;

import ipn.avro.EntitlementEvent;
import ipn.projector.access.Access.Status;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what was last told with what holds now, and names the change. */
public final class AccessChange {
    private static final Set<String> BY_TIME = Set.of("RAN_OUT", "PAYMENT_FAILED");

    private AccessChange() {}

    /** The type of the event to emit; empty where the derived value is what was last told. */
    public static Optional<String> between(@Nullable EntitlementEvent last, Access now) {
        if (last == null) {
            return Optional.of(now.status() == Status.ACTIVE ? "GRANTED" : became(now));
        }
        var before = Status.valueOf(last.getStatus());
        if (before != now.status()) {
            return Optional.of(
                    switch (before) {
                        case ENDED -> now.status() == Status.ACTIVE ? "GRANTED" : became(now);
                        case SUSPENDED -> now.status() == Status.ACTIVE ? "RESUMED" : became(now);
                        case ACTIVE, GRACE -> now.status() == Status.ACTIVE ? "EXTENDED" : became(now);
                    });
        }
        return same(last, now) ? Optional.empty() : Optional.of(moved(last, now));
    }

    private static String became(Access now) {
        return switch (now.status()) {
            case ACTIVE -> "GRANTED";
            case GRACE -> "GRACE_STARTED";
            case SUSPENDED -> "SUSPENDED";
            case ENDED -> BY_TIME.contains(now.reason()) ? "EXPIRED" : "REVOKED";
        };
    }

    private static boolean same(EntitlementEvent last, Access now) {
        return Objects.equals(last.getFrom(), now.from())
                && Objects.equals(last.getUntil(), now.until().orElse(null))
                && Objects.equals(last.getGraceUntil(), now.graceUntil().orElse(null))
                && last.getReason().equals(now.reason())
                && Objects.equals(last.getProduct(), now.decisive().getProduct())
                && last.getTest() == now.decisive().getTest();
    }

    /** Same status, other times: more or less of it. */
    private static String moved(EntitlementEvent last, Access now) {
        if (now.status() == Status.SUSPENDED || now.status() == Status.ENDED) {
            return became(now);
        }
        var before = end(last.getGraceUntil() == null ? last.getUntil() : last.getGraceUntil());
        var after = end(now.graceUntil().or(now::until).orElse(null));
        return after.isBefore(before) ? "REDUCED" : "EXTENDED";
    }

    private static Instant end(@Nullable Instant until) {
        return until == null ? Instant.MAX : until;
    }
}
