package ipn.projector.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.projector.Products;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTextTest {
    private static final String ALL =
            "{entitlement: plus, kind: once, interval: P1Y, grace: P7D, cancellation: at-once, scope: reference,"
                    + " prices: [{from: 2026-11-01T09:00:00Z, USD: 900}, {USD: 800, JPY: 90}], tolerance: {under: 1, over: 2},"
                    + " discounts: up-to 50%, trial: P14D, keeps-above: 60, aliases: [price_1, price.2]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "products: {}",
                "products: {premium: {entitlement: premium, prices: {USD: 800}}}",
                "products: {a.b: {entitlement: premium, prices: {USD: 800}}, tip: {entitlement: tip, kind: once}}",
                "products: {premium: " + ALL + "}",
                "{products: {premium: " + ALL
                        + "}, policy: {grants: [MATCHED], order-required: [adyen, stripe/main], price-overlap: PT2H}}",
                "{products: {premium: " + ALL + "}, policy: {grants: [UNDERPAID, MATCHED, LATE], version: mine}}",
                "policy: {approval: [revoke, grant]}"
            })
    void the_text_of_a_catalogue_gives_the_same_catalogue(String yaml) {
        for (var live : new boolean[] {true, false}) {
            var catalogue = catalogue(yaml, live);
            assertThat(CatalogueText.parse(CatalogueText.of(catalogue), catalogue.version()))
                    .isEqualTo(catalogue);
        }
    }

    @Test
    void what_the_tests_sell_has_a_text_as_well() {
        assertThat(CatalogueText.parse(CatalogueText.of(Products.CATALOGUE), "v1"))
                .isEqualTo(Products.CATALOGUE);
    }

    @Test
    void the_order_of_settings_and_defaults_written_out_do_not_change_the_text() {
        var one = catalogue("products: {a: {entitlement: a, prices: {USD: 1, EUR: 2}, aliases: [x, y]}}", true);
        var same = catalogue(
                "products: {a: {grace: PT0S, aliases: [y, x], prices: {EUR: 2, USD: 1}, entitlement: a, keeps-above: 40}}",
                true);
        assertThat(CatalogueText.of(same)).isEqualTo(CatalogueText.of(one));
        assertThat(same.version()).isEqualTo(one.version());
    }

    @Test
    void the_name_of_the_version_is_no_part_of_the_text() {
        var named = catalogue("policy: {version: mine}", true);
        assertThat(named.version()).isEqualTo("mine");
        assertThat(CatalogueText.of(named)).isEqualTo(CatalogueText.of(catalogue("{}", true)));
    }

    @Test
    void a_text_that_is_no_catalogue_is_refused_with_its_problem() {
        assertThatThrownBy(() -> CatalogueText.parse("{\"products\": {\"a\": {}}}", "v1"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("products.a.entitlement");
    }

    @Test
    void a_change_names_what_was_added_removed_and_changed() {
        var before = catalogue(
                "products: {a: {entitlement: a, grace: P7D, prices: {USD: 1}}, b: {entitlement: b, prices: {USD: 1}},"
                        + " c: {entitlement: c, prices: {USD: 1}}}",
                true);
        var after = catalogue(
                "{products: {a: {entitlement: a, grace: P3D, prices: {USD: 2}}, b: {entitlement: b, prices: {USD: 1}},"
                        + " d: {entitlement: c, prices: {USD: 1}}}, policy: {grants: [MATCHED]}}",
                false);
        var change = CatalogueChange.between(before, after);
        assertThat(change.products()).containsExactly("a", "c", "d");
        assertThat(change.lines())
                .containsExactly(
                        "products.a.grace: PT168H -> PT72H",
                        "products.a.prices: [{\"USD\":1}] -> [{\"USD\":2}]",
                        "products.c: removed",
                        "products.d: added",
                        "policy.grants: [\"MATCHED\",\"OVERPAID\",\"UNKNOWN_AMOUNT\"] -> [\"MATCHED\"]",
                        "live: true -> false");
        assertThat(CatalogueChange.between(before, before).lines()).isEmpty();
    }

    private static ProductCatalogue catalogue(String yaml, boolean live) {
        var settings = Settings.parse(yaml, Map.of(), Path.of(""));
        var catalogue = CatalogueSettings.from(settings, live);
        settings.problems().throwIfAny();
        return catalogue;
    }
}
