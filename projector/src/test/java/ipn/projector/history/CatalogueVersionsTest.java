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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    void an_older_version_is_back_in_force_only_by_a_decision_of_a_person() {
        var byMistake = versions(record(OLD, 0), record(NEW, 10), record(OLD, 20), record(NEW, 30), record(OLD, 40));
        assertThat(byMistake.history().orElseThrow().entries())
                .containsExactly(new Entry(FROM, OLD), new Entry(FROM.plusSeconds(10), NEW));
        assertThat(byMistake.endsWith(NEW)).isTrue();
        assertThat(byMistake.isOlder(OLD)).isTrue();
        assertThat(byMistake.isOlder(NEW)).isFalse();

        var decided = versions(record(OLD, 0), record(NEW, 10), decided(OLD, 20));
        assertThat(decided.history().orElseThrow().newest()).isEqualTo(OLD);
        assertThat(decided.history().orElseThrow().at(FROM.plusSeconds(15))).isEqualTo(NEW);
        assertThat(decided.endsWith(OLD)).isTrue();
        assertThat(decided.isOlder(NEW)).isTrue();
        assertThat(decided.isOlder(OLD)).isFalse();
    }

    @Test
    void whatever_projectors_write_after_a_decision_the_decision_holds() {
        var random = new Random(7);
        var changed = 0;
        for (var round = 0; round < 200; round++) {
            var records = new ArrayList<CatalogueVersion>();
            records.add(record(OLD, 0));
            records.add(record(NEW, 10));
            var expected = NEW;
            for (var second = 20; second < 40; second++) {
                var catalogue = random.nextBoolean() ? OLD : NEW;
                if (random.nextInt(5) == 0) {
                    changed += expected.equals(catalogue) ? 0 : 1;
                    expected = catalogue;
                    records.add(decided(catalogue, second));
                } else {
                    records.add(record(catalogue, second));
                }
            }
            assertThat(new CatalogueVersions(records).history().orElseThrow().newest())
                    .isEqualTo(expected);
        }
        assertThat(changed).isPositive();
    }

    @Test
    void settings_that_were_never_in_force_are_not_older() {
        assertThat(versions(record(OLD, 0)).isOlder(NEW)).isFalse();
        assertThat(versions().isOlder(NEW)).isFalse();
        var renamed = new ProductCatalogue(OLD.byName(), OLD.live(), OLD.policy(), "another-name");
        assertThat(versions(record(OLD, 0), record(NEW, 10)).isOlder(renamed)).isTrue();
        assertThat(versions(record(OLD, 0), record(NEW, 10)).nameOf(renamed)).isEqualTo("v1");
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
        return new CatalogueVersion(catalogue.version(), CatalogueText.of(catalogue), FROM.plusSeconds(seconds), null);
    }

    private static CatalogueVersion decided(ProductCatalogue catalogue, long seconds) {
        return CatalogueVersion.newBuilder(record(catalogue, seconds))
                .setDecision("d_" + seconds)
                .build();
    }
}
