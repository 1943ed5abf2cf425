package ipn.projector.preview;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Claim;
import ipn.avro.ClaimStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.projector.Payments;
import ipn.projector.Products;
import ipn.projector.catalogue.CatalogueHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimPreviewTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private final ClaimPreview preview =
            new ClaimPreview(CatalogueHistory.always(Products.CATALOGUE), Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void what_matches_the_catalogue_is_claimed_by_the_payment_itself() {
        var payment = promoted(2500, 0, Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_1"));
        assertThat(claims(payment)).singleElement().satisfies(claim -> {
            assertThat(claim.getEntitlement()).isEqualTo("promotion");
            assertThat(claim.getSubject()).isEqualTo("u_42");
            assertThat(claim.getStatus()).isEqualTo(ClaimStatus.PAID);
        });
    }

    @Test
    void what_pays_an_order_is_claimed_by_the_terms_of_the_order() {
        var payment = promoted(2500, 0, Map.of("order", "o_1"));
        assertThat(ClaimPreview.order(payment)).contains("o_1");
        assertThat(claims(payment)).isEmpty();
        assertThat(preview.of(payment, id -> Optional.of(order(2500))))
                .extracting(Claim::getSubject)
                .containsExactly("u_7");
        assertThat(preview.of(payment, id -> Optional.of(order(9900))))
                .as("underpaid")
                .isEmpty();
    }

    @Test
    void money_that_matches_nothing_claims_nothing() {
        assertThat(claims(
                        promoted(100, 0, Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_1"))))
                .isEmpty();
    }

    private List<Claim> claims(PaymentState payment) {
        return preview.of(payment, id -> Optional.empty());
    }

    private static PaymentState promoted(long amount, long refunded, Map<String, String> references) {
        return Payments.captured("pi_1", NOON, amount, refunded)
                .setReferences(references)
                .build();
    }

    private static Order order(long amount) {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_7")
                .setProduct("promoted-post")
                .setReference("post_1")
                .setAmount(amount)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true)
                .build();
    }
}
