package ipn.app.command.decide;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.operations.decision.SubscriptionSummary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An extension of what renews anyway gives nothing, and the preview says so. */
class ExtendCommandTest {
    private static final String SUB = "stripe/main/sub_1";
    private static final Instant PAID = Instant.parse("2026-12-18T00:00:00Z");
    private static final Instant EXTENDED = Instant.parse("2026-12-25T00:00:00Z");

    private static Claim.Builder claim(ClaimKind kind, ClaimStatus status) {
        return Claim.newBuilder()
                .setClaimKey(SUB + kind)
                .setPaymentKey(SUB)
                .setSubject("ada")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(kind)
                .setStatus(status)
                .setSubscription(SUB)
                .setUntil(PAID)
                .setAt(PAID)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 1L, false));
    }

    private static List<String> warnings(Claim.Builder... claims) {
        return ExtendCommand.renewals(
                SubscriptionSummary.of(
                        List.of(claims).stream().map(Claim.Builder::build).toList()),
                EXTENDED);
    }

    @Test
    void a_subscription_that_renews_is_warned_of() {
        assertThat(warnings(
                        claim(ClaimKind.SUBSCRIPTION, ClaimStatus.ACTIVE), claim(ClaimKind.PERIOD, ClaimStatus.PAID)))
                .singleElement()
                .asString()
                .startsWith("warning: stripe/main/sub_1 ACTIVE, paid until 2026-12-18T00:00:00Z, renews: ")
                .contains("the extension until 2026-12-25T00:00:00Z gives no extra time");
    }

    @Test
    void what_ends_or_was_transferred_is_not_warned_of() {
        assertThat(warnings(claim(ClaimKind.SUBSCRIPTION, ClaimStatus.ACTIVE).setCancelScheduled(true)))
                .isEmpty();
        assertThat(warnings(claim(ClaimKind.SUBSCRIPTION, ClaimStatus.CANCELED)))
                .isEmpty();
        assertThat(warnings(claim(ClaimKind.PERIOD, ClaimStatus.PAID))).isEmpty();
        assertThat(warnings(
                        claim(ClaimKind.SUBSCRIPTION, ClaimStatus.ACTIVE),
                        claim(ClaimKind.TRANSFER, ClaimStatus.ACTIVE)
                                .setSubscription(null)
                                .setPurchases(List.of(SUB))))
                .isEmpty();
    }
}
