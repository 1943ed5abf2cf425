package ipn.projector.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.avro.CatalogueVersion;
import ipn.projector.Products;
import ipn.projector.catalogue.CatalogueHistory.Entry;
import ipn.projector.catalogue.CatalogueText;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.settings.SettingsException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueVersionsTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final ProductCatalogue OLD = Products.CATALOGUE;
    private static final ProductCatalogue NEW = new ProductCatalogue(Map.of("ads", Products.ADS), true, "v2");

    @Test
    void without_a_record_there_is_no_history() {
        assertThat(new CatalogueVersions(List.of()).history()).isEmpty();
        assertThat(new CatalogueVersions(List.of()).endsWith(OLD)).isFalse();
    }

    @Test
    void of_equal_versions_in_a_row_the_first_counts() {
        var twice = versions(record(OLD, 0), record(NEW, 10), record(NEW, 11));
        assertThat(twice.history().orElseThrow().entries())
                .containsExactly(new Entry(FROM, OLD), new Entry(FROM.plusSeconds(10), NEW));
    }

    @Test
    void a_version_that_comes_back_is_in_force_again() {
        var back = versions(record(OLD, 0), record(NEW, 10), record(OLD, 20));
        assertThat(back.history().orElseThrow().newest()).isEqualTo(OLD);
        assertThat(back.history().orElseThrow().at(FROM.plusSeconds(15))).isEqualTo(NEW);
        assertThat(back.endsWith(OLD)).isTrue();
        assertThat(back.endsWith(NEW)).isFalse();
    }

    @Test
    void the_order_of_the_topic_stays_where_a_clock_is_behind() {
        var behind = versions(record(OLD, 10), record(NEW, 0));
        assertThat(behind.history().orElseThrow().newest()).isEqualTo(NEW);
        assertThat(behind.history().orElseThrow().at(FROM.plusSeconds(9))).isEqualTo(OLD);
    }

    @Test
    void a_name_of_the_settings_stands_for_one_catalogue_only() {
        var other = new ProductCatalogue(NEW.byName(), true, OLD.version());
        assertThatThrownBy(() -> versions(record(OLD, 0)).next(other, FROM))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("policy.version: v1 (expected: another name, or none");
        assertThat(versions(record(OLD, 0), record(NEW, 10)).next(OLD, FROM).getVersion())
                .isEqualTo("v1");
    }

    private static CatalogueVersions versions(CatalogueVersion... records) {
        return new CatalogueVersions(List.of(records));
    }

    private static CatalogueVersion record(ProductCatalogue catalogue, long seconds) {
        return new CatalogueVersion(catalogue.version(), CatalogueText.of(catalogue), FROM.plusSeconds(seconds));
    }
}
