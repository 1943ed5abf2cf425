package ipn.operations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AppliedCatalogue;
import ipn.avro.AppliedCatalogues;
import ipn.avro.Cause;
import ipn.operations.policy.AppliedProgress.PartitionState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedProgressTest {
    private static final AppliedCatalogue APPLIED =
            new AppliedCatalogue("d_1", "v2", null, Instant.parse("2026-09-01T12:00:00Z"));

    @Test
    void a_partition_is_done_when_its_payments_and_its_orders_are() {
        var halves = AppliedProgress.of(List.of(state(0, true), state(0, false), state(1, false), state(1, true)), 2);
        assertThat(halves.done()).isZero();
        assertThat(halves.complete()).isFalse();
        assertThat(halves.examined()).isEqualTo(40);

        var one = AppliedProgress.of(List.of(state(0, true), state(0, true), state(1, false), state(1, true)), 2);
        assertThat(one.done()).isEqualTo(1);
        assertThat(one.complete()).isFalse();

        var all = AppliedProgress.of(List.of(state(0, true), state(0, true), state(1, true), state(1, true)), 2);
        assertThat(all.complete()).isTrue();
    }

    @Test
    void a_partition_that_has_not_received_the_decision_is_not_done() {
        assertThat(AppliedProgress.of(List.of(state(0, true), state(0, true)), 2)
                        .complete())
                .isFalse();
    }

    @Test
    void nothing_was_ever_applied() {
        var nothing = AppliedProgress.of(List.of(), 2);
        assertThat(nothing.complete()).isTrue();
        assertThat(nothing.applied()).isEmpty();
    }

    private static PartitionState state(int partition, boolean done) {
        return new PartitionState(
                partition,
                AppliedCatalogues.newBuilder()
                        .setApplied(List.of(APPLIED))
                        .setCause(new Cause("decision/d_1", "", 0, 0L, false))
                        .setExamined(10)
                        .setDone(done)
                        .build());
    }
}
