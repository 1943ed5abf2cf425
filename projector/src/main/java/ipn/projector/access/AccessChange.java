package ipn.projector.access;

import ipn.avro.AccessReason;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the last event emitted with what holds now, and names the change. */
public final class AccessChange {
    private AccessChange() {}

    /** The type of the event to emit; empty where the derived value is that of the last event. */
    public static Optional<EntitlementEventType> between(@Nullable EntitlementEvent last, Access now) {
        if (last == null) {
            return Optional.of(began(now));
        }
        if (last.getStatus() != now.status()) {
            return Optional.of(changed(last.getStatus(), now));
        }
        return same(last, now) ? Optional.empty() : Optional.of(moved(last, now));
    }

    private static EntitlementEventType changed(EntitlementStatus before, Access now) {
        if (now.status() != EntitlementStatus.ACTIVE) {
            return began(now);
        }
        return switch (before) {
            case ENDED, UNKNOWN -> EntitlementEventType.GRANTED;
            case SUSPENDED -> EntitlementEventType.RESUMED;
            case ACTIVE, GRACE -> EntitlementEventType.EXTENDED;
        };
    }

    /** The event with which a status begins. */
    private static EntitlementEventType began(Access now) {
        return switch (now.status()) {
            case ACTIVE -> EntitlementEventType.GRANTED;
            case GRACE -> EntitlementEventType.GRACE_STARTED;
            case SUSPENDED -> EntitlementEventType.SUSPENDED;
            case ENDED -> byTime(now.reason()) ? EntitlementEventType.EXPIRED : EntitlementEventType.REVOKED;
            case UNKNOWN -> throw new IllegalStateException("access: no status (expected: a derived one)");
        };
    }

    private static boolean byTime(AccessReason reason) {
        return reason == AccessReason.RAN_OUT || reason == AccessReason.PAYMENT_FAILED;
    }

    private static boolean same(EntitlementEvent last, Access now) {
        return Objects.equals(last.getFrom(), now.from())
                && Objects.equals(last.getUntil(), now.until().orElse(null))
                && Objects.equals(last.getGraceUntil(), now.graceUntil().orElse(null))
                && last.getReason() == now.reason()
                && Objects.equals(last.getProduct(), now.decisive().getProduct())
                && last.getTest() == now.decisive().getTest();
    }

    /** Same status, other times: more or less of it. */
    private static EntitlementEventType moved(EntitlementEvent last, Access now) {
        if (!now.isOpen()) {
            return began(now);
        }
        var before = end(last.getGraceUntil() == null ? last.getUntil() : last.getGraceUntil());
        var after = end(now.end().orElse(null));
        return after.isBefore(before) ? EntitlementEventType.REDUCED : EntitlementEventType.EXTENDED;
    }

    private static Instant end(@Nullable Instant until) {
        return until == null ? Instant.MAX : until;
    }
}
