package ipn.bench.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefundedPurchasesTest {
    @Test
    void numbers_are_different_and_of_scenarios_without_an_order() {
        var numbers = IntStream.range(0, 1_000)
                .map(RefundedPurchases::withoutOrder)
                .boxed()
                .toList();

        assertThat(numbers)
                .doesNotHaveDuplicates()
                .allSatisfy(number -> assertThat(number / 20 % 2).isOne());
    }
}
