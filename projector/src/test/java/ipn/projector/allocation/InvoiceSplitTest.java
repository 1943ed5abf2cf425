package ipn.projector.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvoiceSplitTest {
    @Test
    void what_was_paid_is_split_in_proportion_to_the_costs() {
        assertThat(split(costs(800, 1000, 200)).paid(1000)).containsExactly(400L, 500L, 100L);
        assertThat(split(costs(1, 1, 1)).paid(100)).containsExactly(33L, 33L, 34L);
        assertThat(split(costs(0, 0)).paid(7))
                .as("all discounted to nothing: the first has the money")
                .containsExactly(7L, 0L);
    }

    @Test
    void a_refund_that_names_no_line_is_split_as_what_was_paid() {
        assertThat(split(costs(800, 1000, 200)).refunded(2000, 500)).containsExactly(200L, 250L, 50L);
        assertThat(split(costs(800, 1000, 200)).held(2000, 500, 500)).containsExactly(200L, 250L, 50L);
    }

    @Test
    void a_refund_of_a_line_is_of_its_product_alone() {
        assertThat(split(costs(1000, 1000), 1000, 0).refunded(2000, 1000)).containsExactly(1000L, 0L);
        assertThat(split(costs(1000, 1000), 400, 300).refunded(2000, 700)).containsExactly(400L, 300L);
    }

    @Test
    void the_rest_of_a_refund_is_of_what_is_left_of_each() {
        var split = split(costs(1000, 1000, 500), 1000, 0, 0);
        assertThat(split.refunded(2500, 1600)).containsExactly(1000L, 400L, 200L);
        assertThat(split.refunded(2500, 2500)).as("all of it").containsExactly(1000L, 1000L, 500L);
    }

    @Test
    void more_than_was_paid_for_a_line_is_not_refunded_of_it() {
        assertThat(split(costs(1000, 1000), 1200, 0).refunded(2000, 1200)).containsExactly(1000L, 200L);
        assertThat(split(costs(1000, 1000), 1000, 0).refunded(1000, 1000))
                .as("half was paid from the balance")
                .containsExactly(500L, 500L);
    }

    @Test
    void disputes_hold_back_what_refunds_have_left() {
        var split = split(costs(1000, 1000), 1000, 0);
        assertThat(split.held(2000, 1000, 1000)).containsExactly(0L, 1000L);
        assertThat(split.held(2000, 2000, 2000)).as("nothing is left").containsExactly(1000L, 1000L);
    }

    @Test
    void a_line_is_fully_refunded_without_its_tax() {
        assertThat(split(costs(1000, 1000), 1000, 999).isFullyRefunded(0)).isTrue();
        assertThat(split(costs(1000, 1000), 1000, 999).isFullyRefunded(1)).isFalse();
        assertThat(split(costs(0, 1000), 0, 0).isFullyRefunded(0)).isFalse();
    }

    static LongStream seeds() {
        return LongStream.range(0, 2_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parts_add_up_and_are_never_below_zero_and_a_refund_of_all_leaves_nothing(long seed) {
        var random = new SplittableRandom(seed);
        var size = 1 + random.nextInt(5);
        var split = new InvoiceSplit(amounts(random, size), amounts(random, size));
        var paid = random.nextLong(3_000);
        var refunded = random.nextLong(paid + 200);
        var held = random.nextLong(paid + 1);

        assertParts(split.paid(paid), paid);
        assertParts(split.refunded(paid, refunded), refunded);
        assertParts(split.held(paid, refunded, held), held);
        assertThat(split.refunded(paid, paid)).isEqualTo(split.paid(paid));
        if (refunded <= paid) {
            assertThat(IntStream.range(0, size))
                    .as("no more than was paid for each")
                    .allMatch(index -> split.refunded(paid, refunded).get(index)
                            <= split.paid(paid).get(index));
        }
    }

    private static void assertParts(List<Long> parts, long whole) {
        assertThat(parts).allMatch(part -> part >= 0);
        assertThat(parts.stream().mapToLong(Long::longValue).sum()).isEqualTo(whole);
    }

    private static List<Long> amounts(SplittableRandom random, int size) {
        return random.longs(size, 0, 1_000)
                .map(amount -> amount < 400 ? 0 : amount)
                .boxed()
                .toList();
    }

    private static List<Long> costs(long... costs) {
        return LongStream.of(costs).boxed().toList();
    }

    private static InvoiceSplit split(List<Long> costs, long... refundedByLine) {
        return new InvoiceSplit(
                costs, refundedByLine.length == 0 ? costs(new long[costs.size()]) : costs(refundedByLine));
    }
}
