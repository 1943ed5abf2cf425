package ipn.operations.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.deadletter.HitSet.Budget;
import ipn.operations.topic.Position;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HitSetTest {
    private final HitSet hits = new HitSet(new Budget(100));

    @Test
    void money_counts_once_per_payment_and_currency_with_the_largest_amount() {
        hits.add(letter("pi_1"), content("ada", 900, "EUR"));
        hits.add(letter("pi_1"), content("ada", 700, "EUR"));
        hits.add(letter("pi_1"), content("ada", 100, "USD"));
        hits.add(letter("pi_2"), content("bob", 50, "EUR"));
        assertThat(hits.hit())
                .isEqualTo(new DeadLetterSummary.Hit(2, 2, new TreeMap<>(Map.of("EUR", 950L, "USD", 100L)), 0, false));
    }

    @Test
    void what_cannot_be_read_counts_as_a_payment_without_user_and_money() {
        hits.add(letter("pi_1"), null);
        hits.add(letter("pi_2"), DeadLetterContent.refused("WRONG_MODE"));
        hits.add(letter(""), null);
        assertThat(hits.hit()).isEqualTo(new DeadLetterSummary.Hit(2, 0, new TreeMap<>(), 3, false));
    }

    @Test
    void sums_beyond_the_largest_number_stay_there() {
        hits.add(letter("pi_1"), content("ada", Long.MAX_VALUE, "EUR"));
        hits.add(letter("pi_2"), content("ada", Long.MAX_VALUE, "EUR"));
        assertThat(hits.hit().money()).containsEntry("EUR", Long.MAX_VALUE);
    }

    @Test
    void beyond_the_budget_of_all_sets_counts_are_lower_bounds() {
        var budget = new Budget(3);
        var first = new HitSet(budget);
        var second = new HitSet(budget);
        first.add(letter("pi_1"), content("ada", 1, "EUR"));
        first.add(letter("pi_1"), content("ada", 2, "EUR"));
        assertThat(first.hit().atLeast()).as("known already").isFalse();
        second.add(letter("pi_2"), content("bob", 1, "EUR"));
        assertThat(second.hit()).isEqualTo(new DeadLetterSummary.Hit(0, 0, new TreeMap<>(Map.of("EUR", 0L)), 0, true));
    }

    private static DeadLetterContent content(String subject, long amount, String currency) {
        return new DeadLetterContent(subject, null, amount, currency, null);
    }

    private static DeadLetter letter(String payment) {
        var at = new Position("ipn.dlq", 0, 0);
        return new DeadLetter(
                "d",
                "MALFORMED",
                "permanent",
                "processor",
                "",
                "",
                "",
                "",
                payment,
                "f",
                at,
                at,
                1,
                null,
                null,
                0,
                DeadLetter.Status.OPEN);
    }
}
