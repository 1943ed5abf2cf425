package ipn.projector.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueSettingsTest {
    @Test
    void a_product_has_defaults() {
        var product = product("entitlement: plus, prices: {USD: 800}");
        assertThat(product.kind()).isEqualTo(Product.Kind.SUBSCRIPTION);
        assertThat(product.interval()).isEqualTo(Period.ofMonths(1));
        assertThat(product.grace()).isZero();
        assertThat(product.cancellation()).isEqualTo(Cancellation.AT_PERIOD_END);
        assertThat(product.scoped()).isFalse();
        assertThat(product.tolerance()).isEqualTo(Tolerance.NONE);
        assertThat(product.offers()).isEqualTo(new Offers(Discounts.ANY, Optional.empty()));
        assertThat(product.keepsAbove()).isEqualTo(KeepsAbove.DEFAULT);
    }

    @Test
    void every_setting_of_a_product_is_read() {
        var product = product("entitlement: plus, interval: P1Y, grace: P7D, cancellation: at-once, scope: reference,"
                + " prices: {USD: 800, JPY: 900}, tolerance: {under: 1, over: 2}, discounts: up-to 50%, trial: P14D,"
                + " keeps-above: 60");
        assertThat(product)
                .isEqualTo(new Product(
                        "premium",
                        "plus",
                        Product.Kind.SUBSCRIPTION,
                        Period.ofYears(1),
                        Duration.ofDays(7),
                        Cancellation.AT_ONCE,
                        true,
                        Prices.always(Map.of("USD", 800L, "JPY", 900L)),
                        new Tolerance(1, 2),
                        new Offers(Discounts.parse("up-to 50%").orElseThrow(), Optional.of(Period.ofDays(14))),
                        new KeepsAbove(60)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interval: P2M",
                "grace: P1D",
                "cancellation: at-once",
                "scope: reference",
                "prices: {USD: 801}",
                "prices: [{from: 2026-11-01, USD: 900}, {USD: 800}]",
                "tolerance: {over: 1}",
                "discounts: none",
                "trial: P1D",
                "keeps-above: 41",
            })
    void another_setting_is_another_version(String setting) {
        assertThat(version("entitlement: plus, prices: {USD: 800}, " + setting))
                .isNotEqualTo(version("entitlement: plus, prices: {USD: 800}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: rent",
                "interval: P0M",
                "interval: month",
                "grace: P367D",
                "cancellation: never",
                "scope: campaign",
                "prices: {USD: 8.00}",
                "prices: {usd: 800}",
                "prices: 800",
                "prices: [800]",
                "prices: {from: 2026-11-01, USD: 800}",
                "tolerance: {under: 101}",
                "discounts: up-to 101%",
                "trial: P0D",
                "keeps-above: 101",
                "colour: red",
            })
    void what_is_wrong_is_reported_with_its_key(String setting) {
        var key = setting.substring(0, setting.indexOf(':'));
        assertThatThrownBy(() -> product("entitlement: plus, prices: {USD: 800}, "
                                .replace(key.equals("prices") ? "prices: {USD: 800}, " : "~", "")
                        + setting))
                .hasMessageContaining("products.premium." + key);
    }

    @Nested
    class Prices_with_dates {
        private static final String BEFORE = "entitlement: plus, prices: ";

        @Test
        void are_read_in_any_order() {
            var november = new PriceList(Instant.parse("2026-11-01T00:00:00Z"), Map.of("USD", 900L, "EUR", 990L));
            var noon = new PriceList(Instant.parse("2026-12-01T12:00:00Z"), Map.of("USD", 1000L));
            var before = new PriceList(Instant.MIN, Map.of("USD", 800L));
            assertThat(product(BEFORE + "[{from: 2026-11-01, USD: 900, EUR: 990},"
                                    + " {from: 2026-12-01T12:00:00Z, USD: 1000}, {USD: 800}]")
                            .prices())
                    .isEqualTo(new Prices(List.of(noon, november, before)));
            assertThat(version(BEFORE + "[{from: 2026-11-01, USD: 900}, {USD: 800}]"))
                    .isEqualTo(version(BEFORE + "[{USD: 800}, {from: 2026-11-01T00:00:00Z, USD: 900}]"));
        }

        @Test
        void one_map_holds_always() {
            var always = Prices.always(Map.of("USD", 800L));
            assertThat(product(BEFORE + "{USD: 800}").prices()).isEqualTo(always);
            assertThat(product(BEFORE + "[{USD: 800}]").prices()).isEqualTo(always);
        }

        @Test
        void another_date_is_another_version() {
            assertThat(version(BEFORE + "[{from: 2026-11-01, USD: 900}, {USD: 800}]"))
                    .isNotEqualTo(version(BEFORE + "[{from: 2026-11-02, USD: 900}, {USD: 800}]"));
        }

        @Test
        void are_reported_with_all_their_problems_at_once() {
            assertThatThrownBy(() -> product(BEFORE + "[{from: 2026-11-01, USD: 9.50}, {from: 1.11.2026, USD: 800},"
                            + " {from: 2026-11-01T00:00:00Z, usd: 700}, {from: 2026-12-01}, {USD: 800}, {EUR: 900}]"))
                    .hasMessageContainingAll(
                            "products.premium.prices[0].USD: 9.5 (expected: an ISO 4217 code and minor units",
                            "products.premium.prices[1].from: 1.11.2026 (expected: a date or an instant",
                            "products.premium.prices: two entries from 2026-11-01T00:00:00Z (expected: entries of different",
                            "products.premium.prices[2].usd: 700 (expected: an ISO 4217 code and minor units",
                            "products.premium.prices[3]: no price (expected: at least one currency",
                            "products.premium.prices: two entries without from (expected: entries of different times");
        }

        @Test
        void need_a_price_before_all_others() {
            assertThatThrownBy(() -> product(BEFORE + "[{from: 2026-11-01, USD: 900}]"))
                    .hasMessageContaining(
                            "products.premium.prices: every entry has from (expected: one without, the price before all");
        }
    }

    @Test
    void an_old_price_is_accepted_for_an_hour_unless_the_policy_has_another_overlap() {
        assertThat(catalogue("entitlement: plus, prices: {USD: 800}", "")
                        .policy()
                        .priceOverlap())
                .isEqualTo(Duration.ofHours(1));
        var longer = catalogue("entitlement: plus, prices: {USD: 800}", "price-overlap: P7D");
        assertThat(longer.policy().priceOverlap()).isEqualTo(Duration.ofDays(7));
        assertThat(longer.version()).isNotEqualTo(version("entitlement: plus, prices: {USD: 800}"));
        assertThatThrownBy(() -> catalogue("entitlement: plus, prices: {USD: 800}", "price-overlap: P8D"))
                .hasMessageContaining("policy.price-overlap: P8D");
    }

    private static Product product(String yaml) {
        return catalogue(yaml).get("premium").orElseThrow();
    }

    private static String version(String yaml) {
        return catalogue(yaml.replace("prices: {USD: 800}, prices", "prices")).version();
    }

    private static ProductCatalogue catalogue(String yaml) {
        return catalogue(yaml, "");
    }

    private static ProductCatalogue catalogue(String yaml, String policy) {
        var settings =
                Settings.parse("products: {premium: {" + yaml + "}}\npolicy: {" + policy + "}", Map.of(), Path.of(""));
        var catalogue = CatalogueSettings.from(settings, true);
        settings.verify();
        return catalogue;
    }
}
