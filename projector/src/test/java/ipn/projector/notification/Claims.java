package ipn.projector.notification;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.time.Instant;

/** Claims of one user to one entitlement. */
public final class Claims {
    public static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    public static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    public static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");

    private Claims() {}

    /** A month for 8.00 USD of the subscription {@code stripe/main/sub_1}. */
    public static Claim.Builder period(String id, Instant from, Instant until) {
        return money(id, ClaimKind.PERIOD)
                .setSubscription("stripe/main/sub_1")
                .setFrom(from)
                .setUntil(until);
    }

    /** For 25.00 USD, and for ever. */
    public static Claim.Builder once(String id) {
        return money(id, ClaimKind.ONCE).setAmount(2500L).setFrom(NOON);
    }

    public static Claim.Builder subscription(ClaimStatus status, Instant at) {
        return claim("stripe/main/sub_1", ClaimKind.SUBSCRIPTION)
                .setClaimKey("stripe/main/sub_1 subscription")
                .setSubscription("stripe/main/sub_1")
                .setStatus(status)
                .setAt(at);
    }

    private static Claim.Builder money(String id, ClaimKind kind) {
        return claim("stripe/main/" + id, kind).setAmount(800L).setCurrency("USD");
    }

    private static Claim.Builder claim(String paymentKey, ClaimKind kind) {
        return Claim.newBuilder()
                .setClaimKey(paymentKey)
                .setPaymentKey(paymentKey)
                .setSubject("u_42")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(kind)
                .setStatus(ClaimStatus.PAID)
                .setAt(NOON)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false));
    }
}
