package ipn.projector.brake;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.EntitlementEventType;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BrakeLimitsTest {
    private static final int SEEDS = 5_000;

    @Test
    void what_all_partitions_may_emit_together_is_what_was_set() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var partitions = random.nextInt(1, 129);
            var max = random.nextLong(1, 10_000);
            var parts = IntStream.range(0, partitions)
                    .mapToLong(partition -> new BrakeLimits(settings(max, 10_000, 100), partition, partitions).max())
                    .summaryStatistics();
            assertThat(parts.getSum()).as("seed %d", seed).isEqualTo(max);
            assertThat(parts.getMax() - parts.getMin()).as("seed %d", seed).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void a_share_stops_earlier_than_the_number() {
        var limits = new BrakeLimits(settings(1_000, 10_000, 80), 0, 8);
        assertThat(limits.reached(19, 1_981)).isEmpty();
        assertThat(limits.reached(20, 1_980)).get().asString().contains("brake.share: 1 % of 2000");
        assertThat(limits.reached(124, 1_000_000)).isEmpty();
        assertThat(limits.reached(125, 1_000_000))
                .get()
                .asString()
                .contains("brake.max: 1000, of which this partition has 125");
    }

    @Test
    void a_refund_of_one_of_two_customers_stops_nothing() {
        var limits = new BrakeLimits(settings(1_000, 10_000, 80), 0, 8);
        assertThat(limits.reached(0, 2)).isEmpty();
        assertThat(limits.reached(9, 2)).isEmpty();
        assertThat(limits.reached(10, 2)).isPresent();
    }

    @Test
    void nine_revocations_never_reach_a_share_however_many_partitions_there_are() {
        for (var partitions : new int[] {64, 128}) {
            for (var partition = 0; partition < partitions; partition++) {
                var limits = new BrakeLimits(settings(10_000, 10_000, 100), partition, partitions);
                assertThat(limits.reached(9, 0)).isEmpty();
                assertThat(limits.reached(10, 0))
                        .get()
                        .asString()
                        .contains("brake.share-from: 100, of which this partition has 10");
            }
        }
    }

    @Test
    void a_share_of_all_stops_nothing() {
        var limits = new BrakeLimits(settings(1_000_000, 1_000_000, 1), 0, 1);
        assertThat(limits.reached(99, 1)).isEmpty();
    }

    private static BrakeSettings settings(long max, long shareMillionths, long shareFrom) {
        return new BrakeSettings(
                max, shareMillionths, shareFrom, Duration.ofMinutes(10), Set.of(EntitlementEventType.REVOKED));
    }
}
