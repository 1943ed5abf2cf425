package ipn.projector;

import static ipn.projector.Payments.captured;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left out beyond a bound is counted: nothing is dropped silently. */
class LeftOutTest extends WithProjection {
    private static final int UNPAID_MAX = 64;

    @Test
    void claims_without_money_beyond_their_bound_are_counted() {
        for (var i = 0; i < UNPAID_MAX; i++) {
            projection.claimed(unpaid(i));
            projection.claimed(unpaid(i));
        }
        assertThat(projection.leftOut("claim")).isZero();

        projection.claimed(unpaid(UNPAID_MAX)).claimed(unpaid(UNPAID_MAX + 1));
        assertThat(projection.leftOut("claim")).isEqualTo(2);
    }

    @Test
    void payers_of_an_order_beyond_its_bytes_are_counted() {
        var text = "x".repeat(400_000);
        for (var i = 0; i < 5; i++) {
            projection.applied(
                    captured("pi_" + i, Projection.NOON, 1, 0).setReferences(Map.of("order", "o_1", "note", text)));
        }
        assertThat(projection.leftOut("payer")).isZero();

        projection.applied(captured("pi_6", Projection.NOON, 1, 0).setReferences(Map.of("order", "o_1", "note", text)));
        assertThat(projection.leftOut("payer")).isEqualTo(1);
    }

    private static Claim unpaid(int number) {
        return Claim.newBuilder()
                .setClaimKey("stripe/main/sub_" + number)
                .setPaymentKey("stripe/main/sub_" + number)
                .setSubject("u_1")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.SUBSCRIPTION)
                .setStatus(ClaimStatus.UNPAID)
                .setSubscription("stripe/main/sub_" + number)
                .setAt(Projection.NOON)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_" + number, "ipn.raw", 0, (long) number, false))
                .build();
    }
}
