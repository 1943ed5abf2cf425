package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.paying;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.LedgerEntry;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentState;
import ipn.projector.stream.MatchOrder;
import java.util.List;
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

    @Test
    void a_payment_too_many_of_an_order_is_a_discrepancy_that_closes_when_there_is_room() {
        var text = "x".repeat(400_000);
        for (var i = 0; i < 5; i++) {
            projection.applied(ordered("pi_" + i, 2, text));
        }
        assertThat(tooMany()).isEmpty();

        projection.applied(ordered("pi_6", 1, text));
        assertThat(tooMany()).containsExactly("OPEN TOO_MANY_PAYMENTS/stripe/main/pi_6,order=o_1");

        projection.applied(ordered("pi_6", 3, text));
        assertThat(tooMany())
                .as("more money than those kept: it takes the place of one, which is left out now")
                .hasSize(2)
                .contains("CLOSED TOO_MANY_PAYMENTS/stripe/main/pi_6,order=o_1")
                .anyMatch(each -> each.startsWith("OPEN "));
    }

    @Test
    void a_payment_too_many_of_an_order_changes_nothing_but_that_it_is_reported() {
        var text = "x".repeat(400_000);
        for (var i = 0; i < 6; i++) {
            projection.applied(ordered("pi_" + i, 2, text));
        }
        var orders = projection.<OrderAllocation>store(MatchOrder.STORE);
        var before = orders.get("o_1");
        projection.discrepancies();
        projection.ledger();

        projection.applied(ordered("pi_7", 1, text));
        assertThat(orders.get("o_1")).isEqualTo(before);
        assertThat(projection.discrepancies())
                .extracting(Discrepancy::getKind)
                .contains(DiscrepancyKind.TOO_MANY_PAYMENTS);
        assertThat(projection.ledger())
                .as("its own cash is booked")
                .extracting(LedgerEntry::getPaymentKey)
                .containsExactly("stripe/main/pi_7");
    }

    @Test
    void a_payment_too_many_of_an_invoice_is_a_discrepancy() {
        var text = "x".repeat(400_000);
        for (var i = 0; i < 6; i++) {
            projection.applied(
                    paying(captured("pi_" + i, Projection.NOON, 2, 0), "in_1").setReferences(Map.of("note", text)));
        }
        assertThat(tooMany()).containsExactly("OPEN TOO_MANY_PAYMENTS/stripe/main/pi_5");
        assertThat(projection.leftOut("payer")).isEqualTo(1);
    }

    private static PaymentState.Builder ordered(String payment, long cents, String text) {
        return captured(payment, Projection.NOON, cents, 0).setReferences(Map.of("order", "o_1", "note", text));
    }

    private List<String> tooMany() {
        return projection.discrepancies().stream()
                .filter(each -> each.getKind() == DiscrepancyKind.TOO_MANY_PAYMENTS)
                .map(each -> each.getState() + " " + each.getDiscrepancyId())
                .toList();
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
