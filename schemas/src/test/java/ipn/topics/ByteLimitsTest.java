package ipn.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit is smaller than the next on the way to the broker. */
class ByteLimitsTest {
    @Test
    void what_fits_a_limit_fits_the_next() {
        assertThat(List.of(
                        ByteLimits.EXCERPT,
                        ByteLimits.PAYMENT_DESCRIPTIONS,
                        ByteLimits.PAYMENT_MONEY,
                        ByteLimits.PAYMENT_SUMMARY,
                        ByteLimits.PAYMENT_REVERSALS,
                        ByteLimits.PAYMENT_STATE,
                        ByteLimits.MESSAGE,
                        ByteLimits.WHOLE_RECORD,
                        ByteLimits.LARGEST_RECORD))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(ByteLimits.PAYMENT_DESCRIPTIONS
                        + ByteLimits.PAYMENT_MONEY
                        + ByteLimits.PAYMENT_REVERSALS
                        + ByteLimits.PAYMENT_SUMMARY)
                .as("the rest is for the newest events")
                .isLessThan(ByteLimits.PAYMENT_STATE - 200 * 1024);
        assertThat(ByteLimits.PAYMENT_SUMMARY + 3 * ByteLimits.PAYMENT_MONEY)
                .as("a payment, and the few that pay it without being counted, which have no invoices in messages")
                .isLessThan(ByteLimits.MESSAGE / 2);
        assertThat(3 * ByteLimits.PAID_CLAIMS + ByteLimits.UNPAID_CLAIMS).isLessThan(ByteLimits.MESSAGE - 512 * 1024);
        assertThat(ByteLimits.FRAUD_FLAGS).isLessThan(ByteLimits.MESSAGE / 2);
    }

    @Test
    void topics_take_what_stages_write() {
        for (var spec : TopicCatalogue.defaults().specs()) {
            var max = spec.maxMessageBytes();
            switch (spec.name()) {
                case TopicCatalogue.OUTCOMES, TopicCatalogue.DLQ ->
                    assertThat(max).isEqualTo(ByteLimits.LARGEST_RECORD);
                case TopicCatalogue.RAW, TopicCatalogue.PAYMENTS, TopicCatalogue.ALLOCATIONS ->
                    assertThat(max).isGreaterThan(ByteLimits.MESSAGE);
                default -> assertThat(max).isPositive();
            }
        }
    }
}
