package ipn.projector.notification;

import ipn.avro.AccessReason;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.avro.NotificationAction;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import ipn.decision.DecisionCause;
import ipn.key.EntitlementKey;
import ipn.key.NotificationId;
import ipn.key.PaymentKey;
import ipn.projector.access.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Notifications about access: a payment failed, its end is near, it ended. */
final class AccessNotifications {
    private AccessNotifications() {}

    /**
     * @param last the last event emitted
     * @param open access as in the last event, if there is any
     * @param hadAccess whether there was access when notifications were last derived
     */
    static List<NotificationCommand> due(
            @Nullable EntitlementEvent last,
            Optional<Access> open,
            boolean hadAccess,
            NotificationPolicy policy,
            Instant now) {
        if (last == null) {
            return List.of();
        }
        return Stream.of(
                        open.flatMap(access -> paymentFailed(last, access, now)),
                        open.flatMap(access -> ending(last, access, policy, now)),
                        ended(last, hadAccess, now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether there is access; suspended, it may still come back. */
    static boolean hasAccess(@Nullable EntitlementEvent last, boolean before) {
        if (last == null) {
            return before;
        }
        return switch (last.getStatus()) {
            case ACTIVE, GRACE -> true;
            case SUSPENDED, UNKNOWN -> before;
            case ENDED -> false;
        };
    }

    private static Optional<NotificationCommand> paymentFailed(EntitlementEvent last, Access access, Instant now) {
        return last.getReason() == AccessReason.PAYMENT_FAILED && access.status() == EntitlementStatus.GRACE
                ? Optional.of(command(last, NotificationKind.PAYMENT_FAILED, access.until(), now)
                        .setUntil(access.graceUntil().orElseThrow())
                        .setAction(NotificationAction.UPDATE_PAYMENT)
                        .setGateway(gateway(access.decisive().getPaymentKey()))
                        .build())
                : Optional.empty();
    }

    /**
     * When to notify that access is going to end; empty: it is not known to. A renewal that is only a little late is not notified: half
     * of the grace period passes first, unless the payment is known to have failed.
     */
    static Optional<Instant> noticeOfEnd(Access access, NotificationPolicy policy) {
        var notice = access.knownEnd().map(end -> end.minus(policy.endingNotice()));
        return access.status() == EntitlementStatus.GRACE && access.reason() == AccessReason.AWAITING_RENEWAL
                ? notice.map(time -> later(time, halfOfGrace(access)))
                : notice;
    }

    private static Instant halfOfGrace(Access access) {
        var from = access.until().orElseThrow();
        var grace = Duration.between(from, access.graceUntil().orElseThrow());
        return from.plus(grace.dividedBy(2));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Optional<NotificationCommand> ending(
            EntitlementEvent last, Access access, NotificationPolicy policy, Instant now) {
        return noticeOfEnd(access, policy)
                .filter(notice -> !now.isBefore(notice))
                .flatMap(notice -> access.knownEnd())
                .map(end -> command(last, NotificationKind.ACCESS_ENDING, Optional.of(end), now)
                        .setUntil(end)
                        .setAction(
                                access.status() == EntitlementStatus.GRACE
                                        ? NotificationAction.UPDATE_PAYMENT
                                        : NotificationAction.RENEW)
                        .setGateway(gateway(access.decisive().getPaymentKey()))
                        .build());
    }

    /** Only of access that lasted for a while: where access ended at once, a refund is notified instead. */
    private static Optional<NotificationCommand> ended(EntitlementEvent last, boolean hadAccess, Instant now) {
        return hadAccess && last.getStatus() == EntitlementStatus.ENDED
                ? Optional.of(command(last, NotificationKind.ACCESS_ENDED, Optional.ofNullable(last.getUntil()), now)
                        .setUntil(last.getUntil())
                        .setGateway(gateway(last.getPaymentKey()))
                        .build())
                : Optional.empty();
    }

    private static NotificationCommand.Builder command(
            EntitlementEvent last, NotificationKind kind, Optional<Instant> time, Instant now) {
        return NotificationCommand.newBuilder()
                .setNotificationId(NotificationId.access(kind, EntitlementKey.of(last), time)
                        .toString())
                .setKind(kind)
                .setSubject(last.getSubject())
                .setEntitlement(last.getEntitlement())
                .setScope(last.getScope())
                .setProduct(last.getProduct())
                .setOrder(last.getOrder())
                .setReason(last.getReason())
                .setTest(last.getTest())
                .setCause(last.getCause())
                .setAt(now);
    }

    private static @Nullable String gateway(@Nullable String paymentKey) {
        return paymentKey == null || DecisionCause.isKey(paymentKey)
                ? null
                : PaymentKey.parse(paymentKey).gateway();
    }
}
