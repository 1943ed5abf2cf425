package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DiscrepancyState;
import ipn.avro.Order;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of the work on money and access is counted. */
class PipelineMetersTest extends WithProjection {
    private static final String DISCREPANCIES = "ipn.projector.discrepancies";
    private static final String EVENTS = "ipn.projector.entitlement.events";

    private void ordered() {
        projection.ordered(Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true));
    }

    private void paid(long amount, long refunded) {
        projection.applied(captured("pi_1", NOON, amount, refunded)
                .setRefundedAt(refunded == 0 ? null : NOON.plusSeconds(60))
                .setReferences(Map.of("order", "o_1")));
    }

    @Test
    void a_change_of_access_is_counted_by_type_and_its_time_is_measured() {
        ordered();
        paid(2500, 0);
        assertThat(projection.counted(EVENTS, "type", "GRANTED")).isEqualTo(1);
        assertThat(projection.measured("ipn.projector.received.to.entitlement")).isEqualTo(1);
        projection.pass(Duration.ofMinutes(2));
        paid(2500, 2500);
        assertThat(projection.counted(EVENTS, "type", "REVOKED")).isEqualTo(1);
        assertThat(projection.measured("ipn.projector.received.to.entitlement")).isEqualTo(2);
        assertThat(projection.events()).hasSize(2);
    }

    @Test
    void a_discrepancy_is_counted_by_kind_when_it_opens_and_when_it_closes() {
        ordered();
        paid(2400, 0);
        assertThat(projection.counted(DISCREPANCIES, "kind", "UNDERPAID", "state", "OPEN"))
                .isEqualTo(1);
        paid(2500, 0);
        assertThat(projection.counted(DISCREPANCIES, "kind", "UNDERPAID", "state", "CLOSED"))
                .isEqualTo(1);
        assertThat(projection.discrepancies())
                .extracting(each -> each.getState())
                .containsExactly(DiscrepancyState.OPEN, DiscrepancyState.CLOSED);
    }
}
