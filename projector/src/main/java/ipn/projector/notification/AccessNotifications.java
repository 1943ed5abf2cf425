package ipn.projector.notification;

import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.projector.access.Access;
import ipn.projector.access.Access.Status;
import ipn.projector.entitlement.EntitlementKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is to tell of access: a payment failed, its end is near, it ended. */
final class AccessNotifications {
    private AccessNotifications() {}

    /**
     * @param last what was last told of access
     * @param open access as it was last told, if there is any
     * @param noted whether there was access when this was last looked for
     */
    static List<NotificationCommand> of(
            @Nullable EntitlementEvent last,
            Optional<Access> open,
            boolean noted,
            NotificationPolicy policy,
            Instant now) {
        if (last == null) {
            return List.of();
        }
        return Stream.of(
                        open.flatMap(access -> paymentFailed(last, access, now)),
                        open.flatMap(access -> ending(last, access, policy, now)),
                        ended(last, noted, now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether there is access; suspended, it may still come back. */
    static boolean noted(@Nullable EntitlementEvent last, boolean before) {
        if (last == null) {
            return before;
        }
        return switch (Status.valueOf(last.getStatus())) {
            case ACTIVE, GRACE -> true;
            case SUSPENDED -> before;
            case ENDED -> false;
        };
    }

    private static Optional<NotificationCommand> paymentFailed(EntitlementEvent last, Access access, Instant now) {
        return last.getReason().equals("PAYMENT_FAILED") && access.status() == Status.GRACE
                ? Optional.of(command(last, "PAYMENT_FAILED", "payment-failed", access.until(), now)
                        .setUntil(access.graceUntil().orElseThrow())
                        .setAction("UPDATE_PAYMENT")
                        .setGateway(Gateways.of(access.decisive().getPaymentKey()))
                        .build())
                : Optional.empty();
    }

    /**
     * When to tell that access is going to end; empty: it is not known to. A renewal that is only a little late is no news: half of
     * the grace passes first, unless the payment is known to have failed.
     */
    static Optional<Instant> noticeOfEnd(Access access, NotificationPolicy policy) {
        var notice = access.knownEnd().map(end -> end.minus(policy.endingNotice()));
        return access.status() == Status.GRACE && access.reason().equals("AWAITING_RENEWAL")
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
                .map(end -> command(last, "ACCESS_ENDING", "access-ending", Optional.of(end), now)
                        .setUntil(end)
                        .setAction(access.status() == Status.GRACE ? "UPDATE_PAYMENT" : "RENEW")
                        .setGateway(Gateways.of(access.decisive().getPaymentKey()))
                        .build());
    }

    /** Only of access that was there for longer than a moment: an end nobody saw a start of is a refund, and told as one. */
    private static Optional<NotificationCommand> ended(EntitlementEvent last, boolean noted, Instant now) {
        return noted && last.getStatus().equals("ENDED")
                ? Optional.of(command(last, "ACCESS_ENDED", "access-ended", Optional.ofNullable(last.getUntil()), now)
                        .setUntil(last.getUntil())
                        .setGateway(Gateways.of(last.getPaymentKey()))
                        .build())
                : Optional.empty();
    }

    private static NotificationCommand.Builder command(
            EntitlementEvent last, String kind, String name, Optional<Instant> time, Instant now) {
        var key = EntitlementKey.of(last.getSubject(), last.getEntitlement(), last.getScope());
        return NotificationCommand.newBuilder()
                .setNotificationId(
                        name + "/" + key + "/" + time.map(Instant::toString).orElse(""))
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
}
