package ipn.bench.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.load.IngressCall;
import ipn.gateway.content.Bytes;
import ipn.simulator.Outgoing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final IngressCall SAME = call("stripe", "stripe/main/1");
    private static final IngressCall OTHER = call("paddle", "paddle/main/2");
    private static final IngressCall LOST = call("paddle", "paddle/main/3");

    @Test
    void times_run_from_the_acknowledgement_and_are_kept_by_account() {
        var phase = phase(
                Map.of(SAME.eventKey(), millis(10), OTHER.eventKey(), millis(20)),
                Map.of(SAME.eventKey(), millis(15), OTHER.eventKey(), millis(60)));

        assertThat(Phase.millis(phase.sameAccount(), 100)).isBetween(4.9, 5.1);
        assertThat(Phase.millis(phase.otherAccounts(), 100)).isBetween(39.9, 40.1);
    }

    @Test
    void a_purchase_without_a_grant_is_missing() {
        var phase = phase(
                Map.of(SAME.eventKey(), 1L, OTHER.eventKey(), 1L, LOST.eventKey(), 1L),
                Map.of(SAME.eventKey(), 2L, OTHER.eventKey(), 2L));

        assertThat(phase.missing()).isEqualTo(1);
        assertThat(phase.otherAccounts().getTotalCount()).isEqualTo(1);
    }

    @Test
    void a_grant_that_is_read_before_the_acknowledgement_arrives_took_no_time() {
        var phase = phase(
                Map.of(SAME.eventKey(), millis(10), OTHER.eventKey(), millis(10)),
                Map.of(SAME.eventKey(), millis(9), OTHER.eventKey(), millis(10)));

        assertThat(Phase.millis(phase.sameAccount(), 100)).isZero();
    }

    private static Phase phase(Map<String, Long> acknowledgedAt, Map<String, Long> grantedAt) {
        var calls = acknowledgedAt.containsKey(LOST.eventKey()) ? List.of(SAME, OTHER, LOST) : List.of(SAME, OTHER);
        return Phase.of(
                new Histogram(3),
                calls,
                acknowledgedAt,
                grantedAt,
                call -> call.gateway().equals("stripe"));
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    private static IngressCall call(String gateway, String key) {
        return new IngressCall(gateway, key, IngressCall.Kind.GENUINE, new Outgoing(Map.of(), Bytes.wrap(new byte[0])));
    }
}
