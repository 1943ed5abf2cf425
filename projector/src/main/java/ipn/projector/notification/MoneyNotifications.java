package ipn.projector.notification;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import ipn.key.ChargeKey;
import ipn.key.NotificationId;
import ipn.key.PaymentKey;
import ipn.projector.allocation.Reversals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notifications about money: paid, whatever became of it later, and refunded. Of a transferred purchase the one who paid is notified. */
final class MoneyNotifications {
    private MoneyNotifications() {}

    /** While an end of access is withheld or discarded, the refund that would have ended it is not notified. */
    static List<NotificationCommand> due(NotificationRules.Current current, Instant now) {
        return current.claims().stream()
                .flatMap(claim -> Stream.concat(
                        tookMoney(claim) ? Stream.of(receipt(claim, now)) : Stream.empty(),
                        isRefunded(claim) && !(current.withheld() && isReversed(claim))
                                ? Stream.of(refund(claim, now))
                                : Stream.empty()))
                .toList();
    }

    /** The ids of all notifications about these claims. */
    static Set<String> ids(List<Claim> claims) {
        return claims.stream().flatMap(MoneyNotifications::ids).collect(Collectors.toSet());
    }

    private static Stream<String> ids(Claim claim) {
        return Stream.concat(
                tookMoney(claim) ? Stream.of(receiptId(claim)) : Stream.empty(),
                isRefunded(claim) ? Stream.of(refundId(claim)) : Stream.empty());
    }

    private static boolean tookMoney(Claim claim) {
        return (claim.getKind() == ClaimKind.ONCE || claim.getKind() == ClaimKind.PERIOD)
                && claim.getTransferredFrom() == null
                && claim.getStatus() != ClaimStatus.FAILED
                && Objects.requireNonNullElse(claim.getAmount(), 0L) > 0;
    }

    private static boolean isRefunded(Claim claim) {
        return claim.getRefunded() > 0 && claim.getTransferredFrom() == null;
    }

    private static boolean isReversed(Claim claim) {
        return Reversals.isReversed(claim.getStatus());
    }

    private static NotificationCommand receipt(Claim claim, Instant now) {
        return command(claim, NotificationKind.RECEIPT, receiptId(claim), now)
                .setAmount(claim.getAmount())
                .setFrom(claim.getFrom())
                .setUntil(claim.getUntil())
                .build();
    }

    private static NotificationCommand refund(Claim claim, Instant now) {
        return command(claim, NotificationKind.REFUND_MADE, refundId(claim), now)
                .setAmount(claim.getRefunded())
                .build();
    }

    private static String receiptId(Claim claim) {
        return NotificationId.receipt(ChargeKey.ofClaim(claim)).toString();
    }

    private static String refundId(Claim claim) {
        return NotificationId.refund(ChargeKey.ofClaim(claim), claim.getRefunded())
                .toString();
    }

    private static NotificationCommand.Builder command(Claim claim, NotificationKind kind, String id, Instant now) {
        return NotificationCommand.newBuilder()
                .setNotificationId(id)
                .setKind(kind)
                .setSubject(claim.getSubject())
                .setEntitlement(claim.getEntitlement())
                .setScope(claim.getScope())
                .setProduct(claim.getProduct())
                .setOrder(claim.getOrder())
                .setGateway(PaymentKey.parse(claim.getPaymentKey()).gateway())
                .setCurrency(claim.getCurrency())
                .setTest(claim.getTest())
                .setCause(claim.getCause())
                .setAt(now);
    }
}
