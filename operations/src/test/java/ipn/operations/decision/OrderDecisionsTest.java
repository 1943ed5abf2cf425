package ipn.operations.decision;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.Order;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which payments of a user may be meant for an order that nothing pays. */
class OrderDecisionsTest {
    private static final Order ORDER = Order.newBuilder()
            .setOrderId("o_1")
            .setSubject("u_1")
            .setProduct("premium-yearly")
            .setAmount(7900)
            .setCurrency("USD")
            .setCreatedAt(Instant.EPOCH)
            .setLive(true)
            .build();

    private static boolean isCandidate(Consumer<Discrepancy.Builder> how) {
        var open = Discrepancy.newBuilder()
                .setDiscrepancyId("UNKNOWN_ORDER/stripe/main/pi_1,order=o_2")
                .setState(DiscrepancyState.OPEN)
                .setKind(DiscrepancyKind.UNKNOWN_ORDER)
                .setPaymentKey("stripe/main/pi_1")
                .setOrder("o_2")
                .setProduct("premium-yearly")
                .setActual("unknown order o_2")
                .setCaptured("79.00 USD")
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 1L, false))
                .setPolicyVersion("v")
                .setAt(Instant.EPOCH);
        how.accept(open);
        return !OrderDecisions.candidates(ORDER, "79.00 USD", List.of(open.build()))
                .isEmpty();
    }

    @Test
    void a_payment_of_the_amount_and_product_that_names_another_order_may_be_meant() {
        assertThat(isCandidate(open -> {})).isTrue();
        assertThat(isCandidate(open -> open.setProduct(null))).isTrue();
        assertThat(isCandidate(open -> open.setCaptured(null).setActual("79.00 USD")))
                .isTrue();
    }

    @Test
    void another_amount_product_or_no_payment_is_not_meant() {
        assertThat(isCandidate(open -> open.setCaptured("78.99 USD"))).isFalse();
        assertThat(isCandidate(open -> open.setCaptured("79.00 EUR"))).isFalse();
        assertThat(isCandidate(open -> open.setProduct("premium"))).isFalse();
        assertThat(isCandidate(open -> open.setPaymentKey(""))).isFalse();
        assertThat(isCandidate(open -> open.setOrder("o_1"))).isFalse();
    }
}
