package ipn.projector.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which prices money of a time may have, where the price has changed. */
class PricesTest {
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final Prices PRICES = new Prices(List.of(
            new PriceList(NOVEMBER, Map.of("USD", 900L, "EUR", 990L)),
            new PriceList(Instant.MIN, Map.of("USD", 800L, "GBP", 700L)),
            new PriceList(DECEMBER, Map.of("USD", 1000L, "EUR", 990L))));
    private static final Product PRODUCT = new Product(
            "premium",
            "premium",
            Product.Kind.SUBSCRIPTION,
            Period.ofMonths(1),
            Duration.ZERO,
            Cancellation.AT_PERIOD_END,
            false,
            PRICES,
            Tolerance.NONE,
            Offers.USUAL,
            KeepsAbove.DEFAULT);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
                    1970-01-01T00:00:00Z,     800
                    2026-10-31T23:59:59.999Z, 800
                    2026-11-01T00:00:00Z,     900 800
                    2026-11-01T00:59:59Z,     900 800
                    2026-11-01T01:00:00Z,     900
                    2026-11-30T23:59:59Z,     900
                    2026-12-01T00:30:00Z,     1000 900
                    2027-01-01T00:00:00Z,     1000
                    """)
    void a_price_holds_until_it_is_replaced_and_an_hour_longer(Instant at, String amounts) {
        assertThat(prices(at, false, Duration.ofHours(1)).in("USD"))
                .map(Object::toString)
                .containsExactly(amounts.split(" "));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
                    2026-10-31T23:59:59.999Z, 800
                    2026-11-01T00:00:00Z,     900 800
                    2027-11-01T00:00:00Z,     1000 900 800
                    """)
    void a_later_charge_of_a_subscription_may_have_any_price_until_then(Instant at, String amounts) {
        assertThat(prices(at, true, Duration.ZERO).in("USD"))
                .map(Object::toString)
                .containsExactly(amounts.split(" "));
    }

    @Test
    void without_an_overlap_an_old_price_ends_when_the_new_one_begins() {
        assertThat(prices(NOVEMBER, false, Duration.ZERO).in("USD")).containsExactly(900L);
        assertThat(prices(NOVEMBER.minusMillis(1), false, Duration.ZERO).in("USD"))
                .containsExactly(800L);
    }

    @Test
    void each_list_is_complete() {
        assertThat(prices(NOVEMBER, false, Duration.ZERO).in("GBP")).isEmpty();
        assertThat(prices(NOVEMBER, false, Duration.ZERO).currencies()).containsExactly("EUR", "USD");
        assertThat(prices(NOVEMBER, false, Duration.ofHours(1)).in("GBP")).containsExactly(700L);
        assertThat(prices(DECEMBER, true, Duration.ZERO).in("GBP")).containsExactly(700L);
        assertThat(prices(NOVEMBER.minusMillis(1), true, Duration.ZERO).in("EUR"))
                .isEmpty();
    }

    @Test
    void an_amount_that_did_not_change_is_one_price() {
        assertThat(prices(DECEMBER, false, Duration.ofHours(1)).in("EUR")).containsExactly(990L);
    }

    @Test
    void the_difference_is_from_the_newest_price_unless_there_is_none_from_an_older_one() {
        assertThat(PRICES.difference("USD", price -> price == 800 ? Optional.empty() : Optional.of(price)))
                .isEmpty();
        assertThat(PRICES.difference("USD", Optional::of)).contains(1000L);
    }

    @Test
    void a_price_without_a_time_holds_always() {
        var always = Prices.always(Map.of("USD", 800L));
        assertThat(always.within(Instant.MIN, Instant.EPOCH)).isEqualTo(always);
        assertThat(always.within(DECEMBER, DECEMBER)).isEqualTo(always);
    }

    @Test
    void before_its_first_list_a_product_had_the_price_of_that_list() {
        var first = new PriceList(NOVEMBER, Map.of("USD", 900L));
        var prices = new Prices(List.of(first, new PriceList(DECEMBER, Map.of("USD", 1000L))));
        assertThat(prices.within(Instant.EPOCH, Instant.EPOCH)).isEqualTo(new Prices(List.of(first)));
    }

    @Test
    void of_several_products_the_one_is_found_that_cost_what_was_paid_then() {
        var other = new Product(
                "other",
                "other",
                Product.Kind.SUBSCRIPTION,
                Period.ofMonths(1),
                Duration.ZERO,
                false,
                Map.of("USD", 850L));
        var catalogue = new ProductCatalogue(Map.of("other", other, "premium", PRODUCT), true, "v1");
        var october = new PriceTime(NOVEMBER.minusSeconds(1), false);
        var december = new PriceTime(DECEMBER.plusSeconds(7200), false);
        var skus = List.of("other", "premium");
        assertThat(catalogue.find(Optional.empty(), skus, 800, "USD", october)).contains(PRODUCT);
        assertThat(catalogue.find(Optional.empty(), skus, 1000, "USD", december))
                .contains(PRODUCT);
        assertThat(catalogue.find(Optional.empty(), skus, 800, "USD", december)).contains(other);
    }

    @Test
    void there_is_always_a_list() {
        assertThatThrownBy(() -> new Prices(List.of())).hasMessageContaining("newestFirst: none");
    }

    private static Prices prices(Instant at, boolean mayBeOlder, Duration overlap) {
        var policy = new Policy(Set.of(), Set.of(), overlap, Set.of());
        return new ProductCatalogue(Map.of("premium", PRODUCT), true, policy, "v1")
                .prices(PRODUCT, new PriceTime(at, mayBeOlder));
    }
}
