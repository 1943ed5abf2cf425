package ipn.projector.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.projector.Products;
import ipn.projector.catalogue.CatalogueHistory.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueHistoryTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final ProductCatalogue OLD = Products.CATALOGUE;
    private static final ProductCatalogue NEW = new ProductCatalogue(Map.of("ads", Products.ADS), true, "v2");
    private static final CatalogueHistory HISTORY =
            new CatalogueHistory(List.of(new Entry(FROM, NEW), new Entry(FROM.minusSeconds(60), OLD)));

    @Test
    void a_version_is_in_force_from_its_time_until_the_next() {
        assertThat(HISTORY.at(FROM.minusMillis(1))).isEqualTo(OLD);
        assertThat(HISTORY.at(FROM)).isEqualTo(NEW);
        assertThat(HISTORY.at(Instant.MAX)).isEqualTo(NEW);
        assertThat(HISTORY.newest()).isEqualTo(NEW);
    }

    @Test
    void the_first_version_was_in_force_since_ever() {
        assertThat(HISTORY.at(Instant.MIN)).isEqualTo(OLD);
        assertThat(HISTORY.at(FROM.minus(Duration.ofDays(900)))).isEqualTo(OLD);
    }

    @Test
    void the_versions_of_a_time_span_include_both_ends() {
        assertThat(HISTORY.within(Instant.MIN, FROM.minusMillis(1))).containsExactly(OLD);
        assertThat(HISTORY.within(Instant.MIN, FROM)).containsExactly(OLD, NEW);
        assertThat(HISTORY.within(FROM, FROM)).containsExactly(NEW);
        assertThat(HISTORY.within(FROM, Instant.MIN)).containsExactly(NEW);
    }

    @Test
    void the_product_of_a_claim_is_that_of_the_version_that_judged_it() {
        assertThat(HISTORY.product(claim("premium", "v1"))).contains(Products.PREMIUM);
        assertThat(HISTORY.product(claim("premium", "v2"))).isEmpty();
        assertThat(HISTORY.product(claim("ads", "v2"))).contains(Products.ADS);
    }

    @Test
    void the_newest_version_has_the_product_of_a_claim_whose_version_is_unknown() {
        assertThat(HISTORY.product(claim("ads", ""))).contains(Products.ADS);
    }

    @Test
    void a_version_that_was_applied_judges_what_was_paid_until_the_decision_and_nothing_later() {
        var decided = FROM.minusSeconds(10);
        var history = HISTORY.with(List.of(new AppliedVersion("d_1", NEW, Instant.MIN, decided)));
        assertThat(history.at(decided)).isEqualTo(NEW);
        assertThat(history.at(decided.plusMillis(1))).isEqualTo(OLD);
        assertThat(history.at(FROM)).isEqualTo(NEW);
    }

    @Test
    void of_some_versions_the_newest_is_named_and_without_any_the_one_in_force() {
        assertThat(HISTORY.newest(Stream.of("v2", "v1"))).isEqualTo("v2");
        assertThat(HISTORY.newest(Stream.of("v1"))).isEqualTo("v1");
        assertThat(HISTORY.newest(Stream.of())).isEqualTo("v2");
    }

    private static Claim claim(String product, String version) {
        return Claim.newBuilder()
                .setClaimKey("k")
                .setPaymentKey("k")
                .setSubject("u")
                .setEntitlement("e")
                .setProduct(product)
                .setKind(ClaimKind.ONCE)
                .setStatus(ClaimStatus.PAID)
                .setAt(FROM)
                .setTest(false)
                .setPolicyVersion(version)
                .setCause(new ipn.avro.Cause("e", "t", 0, 0L, false))
                .build();
    }
}
