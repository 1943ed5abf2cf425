package ipn.twin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.twin.gateway.PaymentFacts.Dispute;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaymentFactsTest {
    private static final PaymentFacts CAPTURED = PaymentFacts.captured(
            2500, Optional.of(new Purchase("u_1", "promoted-post", Optional.of("post-1"), "USD", Optional.empty())));

    @Test
    void the_sequence_of_events_does_not_matter() {
        var events = List.of(
                CAPTURED,
                PaymentFacts.disputed(Dispute.OPEN),
                PaymentFacts.disputed(Dispute.WON),
                PaymentFacts.warned(),
                PaymentFacts.NONE);
        var forward = events.stream().reduce(PaymentFacts.NONE, PaymentFacts::merge);
        var backward = events.stream().reduce(PaymentFacts.NONE, (all, next) -> next.merge(all));
        assertThat(backward).isEqualTo(forward);
        assertThat(forward.dispute()).isEqualTo(Dispute.WON);
        assertThat(forward.captured()).isEqualTo(2500);
        assertThat(forward.fraudWarning()).isTrue();
    }

    @Test
    void a_refund_that_is_delivered_twice_is_one_refund() {
        var refund = PaymentFacts.refunded("re_1", 1000);
        var other = PaymentFacts.refunded("re_2", 1500);
        var merged = refund.merge(other).merge(refund);
        assertThat(Set.copyOf(merged.refunds())).hasSize(2).hasSameSizeAs(merged.refunds());
    }
}
