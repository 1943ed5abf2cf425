package ipn.twin.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.twin.TwinSettings.Product;
import ipn.twin.entitlement.Access.Status;
import ipn.twin.gateway.PaymentFacts.Dispute;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
    private static final Instant MONTH = Instant.parse("2026-12-01T00:00:00Z");

    private final AccessRules rules =
            new AccessRules(Map.of("premium", new Product("premium", false, Map.of("USD", 800L))));

    private static Payment payment(long captured, long refunded, Dispute dispute, boolean warned) {
        return new Payment("u_1/premium", "premium", "USD", captured, refunded, dispute, warned, Optional.of(MONTH));
    }

    private Status status(Payment... payments) {
        return rules.access(List.of(payments)).status();
    }

    @Test
    void a_paid_price_grants_access_until_the_end_of_the_period() {
        var access = rules.access(List.of(payment(800, 0, Dispute.NONE, false)));
        assertThat(access).isEqualTo(new Access(Status.ACTIVE, Optional.of(MONTH)));
    }

    @Test
    void less_than_the_price_grants_nothing() {
        assertThat(status(payment(799, 0, Dispute.NONE, false))).isEqualTo(Status.NONE);
    }

    @Test
    void a_refund_of_all_of_it_ends_access_and_one_of_a_part_does_not() {
        assertThat(status(payment(800, 800, Dispute.NONE, false))).isEqualTo(Status.ENDED);
        assertThat(status(payment(800, 799, Dispute.NONE, false))).isEqualTo(Status.ACTIVE);
    }

    @Test
    void a_dispute_suspends_until_it_is_won_or_lost() {
        assertThat(status(payment(800, 0, Dispute.OPEN, false))).isEqualTo(Status.SUSPENDED);
        assertThat(status(payment(800, 0, Dispute.WON, false))).isEqualTo(Status.ACTIVE);
        assertThat(status(payment(800, 0, Dispute.LOST, false))).isEqualTo(Status.ENDED);
        assertThat(status(payment(800, 0, Dispute.NONE, true))).isEqualTo(Status.SUSPENDED);
    }

    @Test
    void the_payment_that_grants_most_decides() {
        assertThat(status(payment(800, 800, Dispute.NONE, false), payment(800, 0, Dispute.NONE, false)))
                .isEqualTo(Status.ACTIVE);
        var later = new Payment(
                "u_1/premium", "premium", "USD", 800, 0, Dispute.NONE, false, Optional.of(MONTH.plusSeconds(1)));
        assertThat(rules.access(List.of(later, payment(800, 0, Dispute.NONE, false)))
                        .until())
                .contains(MONTH.plusSeconds(1));
    }
}
