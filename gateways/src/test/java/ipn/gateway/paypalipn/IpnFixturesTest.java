package ipn.gateway.paypalipn;

import static ipn.gateway.paypalipn.Ipns.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.Bill;
import ipn.fact.Fact.BillStatus;
import ipn.fact.Fact.Captured;
import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.FraudFlag;
import ipn.fact.Fact.Reference;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.Refund;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.Sku;
import ipn.fact.Fact.Subscription;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every sample, translated. */
class IpnFixturesTest {
    private static final String SALE = "7TE57IPN000000001";
    private static final Reference SUBJECT = new Reference(ReferenceName.SUBJECT, "u_42");
    private static final Reference ORDER = new Reference(ReferenceName.ORDER, "ord_88213");

    @Test
    void a_sale() {
        var told = Ipns.notification(fixture("web_accept.completed"));
        assertThat(told.type()).isEqualTo("web_accept/Completed");
        assertThat(told.occurredAt()).isEqualTo(Instant.parse("2026-09-01T12:00:00Z"));
        assertThat(told.amount()).contains(usd(2500));
        assertThat(told.facts())
                .containsExactly(
                        new Captured(SALE, usd(2500), Optional.of(usd(137))),
                        new FraudFlag(SALE, false, "completed"),
                        ORDER,
                        SUBJECT,
                        new Reference(ReferenceName.PRODUCT, "promo-25"),
                        new Sku("promo-25"),
                        new Sku("Promoted post budget"));
    }

    @Test
    void a_partial_refund() {
        var told = Ipns.notification(fixture("refund.partial"));
        assertThat(told.type()).isEqualTo("Refunded");
        assertThat(told.occurredAt()).isEqualTo(Instant.parse("2026-09-01T13:00:00Z"));
        assertThat(told.amount()).contains(usd(1000));
        assertThat(told.facts())
                .containsExactly(
                        new Refund("8TE57IPN000000003", usd(1000), RefundStatus.SUCCEEDED),
                        ORDER,
                        SUBJECT,
                        new Sku("Promoted post budget"));
    }

    @Test
    void a_chargeback() {
        var told = Ipns.notification(fixture("reversed.chargeback"));
        assertThat(told.type()).isEqualTo("Reversed");
        assertThat(told.occurredAt()).isEqualTo(Instant.parse("2026-09-02T12:00:00Z"));
        assertThat(told.facts())
                .containsExactly(
                        new Dispute(SALE, Optional.of(usd(2500)), DisputeStatus.OPEN, "chargeback"),
                        new DisputeFunds("8TE57IPN000000004", usd(2500), DisputeMovement.WITHDRAWN),
                        ORDER,
                        SUBJECT);
    }

    @Test
    void a_chargeback_won() {
        var told = Ipns.notification(fixture("canceled_reversal"));
        assertThat(told.type()).isEqualTo("Canceled_Reversal");
        assertThat(told.occurredAt()).isEqualTo(Instant.parse("2026-09-21T12:00:00Z"));
        assertThat(told.facts())
                .containsExactly(
                        new Dispute(SALE, Optional.of(usd(2500)), DisputeStatus.WON, "chargeback"),
                        new DisputeFunds("8TE57IPN000000005", usd(2500), DisputeMovement.REINSTATED),
                        ORDER,
                        SUBJECT);
    }

    @Test
    void a_case() {
        var told = Ipns.notification(fixture("new_case.dispute"));
        assertThat(told.type()).isEqualTo("new_case");
        assertThat(told.occurredAt()).isEqualTo(Instant.parse("2026-09-02T10:13:20Z"));
        assertThat(told.amount()).isEmpty();
        assertThat(told.facts())
                .containsExactly(
                        new Dispute(SALE, Optional.empty(), DisputeStatus.OPEN, "unauthorized"), ORDER, SUBJECT);
    }

    @Test
    void a_subscription_payment() {
        var told = Ipns.notification(fixture("subscr_payment"));
        var paidAt = Instant.parse("2026-09-01T12:00:10Z");
        assertThat(told.type()).isEqualTo("subscr_payment/Completed");
        assertThat(told.facts())
                .containsExactly(
                        new Captured("7TE57IPN000000006", usd(800), Optional.of(usd(77))),
                        new FraudFlag("7TE57IPN000000006", false, "completed"),
                        new Bill(
                                "7TE57IPN000000006",
                                BillStatus.PAID,
                                Optional.of("paypal-ipn/main/S-TESTSUB000001"),
                                usd(800),
                                usd(800),
                                Optional.of(paidAt),
                                Optional.empty()),
                        SUBJECT,
                        new Reference(ReferenceName.PRODUCT, "premium_monthly"),
                        new Sku("premium_monthly"),
                        new Sku("Premium"));
    }

    @Test
    void a_profile_that_failed_too_often_happened_when_it_reached_us_for_it_has_no_date_of_its_own() {
        var told = Ipns.notification(fixture("recurring_payment_suspended_due_to_max_failed_payment"));
        assertThat(told.type()).isEqualTo("recurring_payment_suspended_due_to_max_failed_payment");
        assertThat(told.occurredAt()).isEqualTo(Ipns.RECEIVED);
        assertThat(told.facts())
                .containsExactly(
                        new Subscription(
                                "I-TESTSUB00001",
                                SubscriptionStatus.UNPAID,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty()),
                        SUBJECT,
                        new Sku("Premium"));
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
