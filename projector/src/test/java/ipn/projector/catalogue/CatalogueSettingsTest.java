package ipn.projector.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
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
                        Map.of("USD", 800L, "JPY", 900L),
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

    private static Product product(String yaml) {
        return catalogue(yaml).get("premium").orElseThrow();
    }

    private static String version(String yaml) {
        return catalogue(yaml.replace("prices: {USD: 800}, prices", "prices")).version();
    }

    private static ProductCatalogue catalogue(String yaml) {
        var settings = Settings.parse("products: {premium: {" + yaml + "}}", Map.of(), Path.of(""));
        var catalogue = CatalogueSettings.from(settings, true);
        settings.verify();
        return catalogue;
    }
}
