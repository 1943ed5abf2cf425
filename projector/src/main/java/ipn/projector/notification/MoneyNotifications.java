package ipn.projector.notification;

import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.NotificationCommand;
import ipn.projector.allocation.Reversals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to tell of money: taken, whatever became of it later, and given back. */
final class MoneyNotifications {

    private MoneyNotifications() {}

    /** While an end of access is withheld or dropped, nobody hears of the money that went back and would have ended it. */
    static List<NotificationCommand> of(EntitlementClaims claims, Instant now) {
        var withheld = NotificationRules.isWithheld(claims);
        return claims.getClaims().stream()
                .flatMap(claim -> Stream.concat(
                        tookMoney(claim) ? Stream.of(receipt(claim, now)) : Stream.empty(),
                        gaveBack(claim) && !(withheld && isGone(claim))
                                ? Stream.of(refund(claim, now))
                                : Stream.empty()))
                .toList();
    }

    /** The ids of all that these claims tell. */
    static Set<String> ids(List<Claim> claims) {
        return claims.stream().flatMap(MoneyNotifications::ids).collect(Collectors.toSet());
    }

    private static Stream<String> ids(Claim claim) {
        return Stream.concat(
                tookMoney(claim) ? Stream.of(receiptId(claim)) : Stream.empty(),
                gaveBack(claim) ? Stream.of(refundId(claim)) : Stream.empty());
    }

    private static boolean tookMoney(Claim claim) {
        return (claim.getKind().equals("ONCE") || claim.getKind().equals("PERIOD"))
                && !claim.getStatus().equals("FAILED")
                && Objects.requireNonNullElse(claim.getAmount(), 0L) > 0;
    }

    private static boolean gaveBack(Claim claim) {
        return claim.getRefunded() > 0;
    }

    private static boolean isGone(Claim claim) {
        return Reversals.tookBack(claim.getStatus());
    }

    private static NotificationCommand receipt(Claim claim, Instant now) {
        return command(claim, "RECEIPT", receiptId(claim), now)
                .setAmount(claim.getAmount())
                .setFrom(claim.getFrom())
                .setUntil(claim.getUntil())
                .build();
    }

    private static NotificationCommand refund(Claim claim, Instant now) {
        return command(claim, "REFUND_MADE", refundId(claim), now)
                .setAmount(claim.getRefunded())
                .build();
    }

    private static String receiptId(Claim claim) {
        return "receipt/" + name(claim);
    }

    private static String refundId(Claim claim) {
        return "refund/" + name(claim) + "/" + claim.getRefunded();
    }

    /** A claim goes by another key once there is a second bill, or an order that wants it; that is no second payment. */
    private static String name(Claim claim) {
        return claim.getInvoice() == null ? claim.getPaymentKey() : claim.getPaymentKey() + " bill " + claim.getInvoice();
    }

    private static NotificationCommand.Builder command(Claim claim, String kind, String id, Instant now) {
        return NotificationCommand.newBuilder()
                .setNotificationId(id)
                .setKind(kind)
                .setSubject(claim.getSubject())
                .setEntitlement(claim.getEntitlement())
                .setScope(claim.getScope())
                .setProduct(claim.getProduct())
                .setOrder(claim.getOrder())
                .setGateway(Gateways.of(claim.getPaymentKey()))
                .setCurrency(claim.getCurrency())
                .setTest(claim.getTest())
                .setCause(claim.getCause())
                .setAt(now);
    }
}
