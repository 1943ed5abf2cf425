package ipn.gateway.paypal;

import static ipn.gateway.paypal.PayPalSays.facts;
import static ipn.gateway.paypal.PayPalSays.paymentId;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayPalSubscriptionsTest {
    private static final String TRIAL = "'cycle_executions':[{'tenure_type':'TRIAL','sequence':1}]";

    @ParameterizedTest
    @CsvSource({
        "BILLING.SUBSCRIPTION.CREATED, APPROVAL_PENDING, PENDING",
        "BILLING.SUBSCRIPTION.ACTIVATED, ACTIVE, ACTIVE",
        "BILLING.SUBSCRIPTION.RE-ACTIVATED, ACTIVE, ACTIVE",
        "BILLING.SUBSCRIPTION.PAYMENT.FAILED, ACTIVE, PAST_DUE",
        "BILLING.SUBSCRIPTION.SUSPENDED, SUSPENDED, PAUSED",
        "BILLING.SUBSCRIPTION.EXPIRED, EXPIRED, EXPIRED",
        "BILLING.SUBSCRIPTION.UPDATED, APPROVED, PENDING",
        "BILLING.SUBSCRIPTION.UPDATED, ACTIVE, ACTIVE",
        "BILLING.SUBSCRIPTION.UPDATED, SUSPENDED, PAUSED",
        "BILLING.SUBSCRIPTION.UPDATED, EXPIRED, EXPIRED"
    })
    void a_subscription_as_it_stands(String type, String told, SubscriptionStatus status) {
        var resource = "{'id':'I-1','status':'" + told + "','plan_id':'P-1','custom_id':'u_42'}";

        assertThat(paymentId(type, resource)).isEqualTo("I-1");
        assertThat(facts(type, resource))
                .containsExactly(
                        new Fact.Subscription(
                                        "I-1", status, Optional.empty(), Optional.empty(), false, Optional.empty())
                                .withItems(List.of(List.of("P-1"))),
                        new Fact.Sku("P-1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"));
    }

    @Test
    void one_that_was_cancelled_is_canceled() {
        var standing = standing("BILLING.SUBSCRIPTION.CANCELLED", "'status':'CANCELLED'");

        assertThat(standing.status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(standing("BILLING.SUBSCRIPTION.UPDATED", "'status':'CANCELLED'"))
                .isEqualTo(standing);
    }

    @Test
    void a_change_of_plan_does_not_pay_what_is_owed() {
        var owing = "'status':'ACTIVE','billing_info':{'failed_payments_count':1}";

        assertThat(standing("BILLING.SUBSCRIPTION.UPDATED", owing).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(standing("BILLING.SUBSCRIPTION.ACTIVATED", owing).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void one_suspended_for_payments_that_failed_is_unpaid() {
        var owing = "'status':'SUSPENDED','billing_info':{'failed_payments_count':3}";

        assertThat(standing("BILLING.SUBSCRIPTION.SUSPENDED", owing).status()).isEqualTo(SubscriptionStatus.UNPAID);
    }

    @Test
    void a_free_first_cycle_is_a_trial_and_a_paid_one_is_not() {
        var free = "'status':'ACTIVE','billing_info':{'next_billing_time':'2026-09-08T12:00:00Z'," + TRIAL + "}";
        var paid = free.replace(TRIAL, TRIAL + ",'last_payment':{'time':'2026-09-01T12:00:00Z'}");
        var until = Optional.of(Instant.parse("2026-09-08T12:00:00Z"));

        assertThat(standing("BILLING.SUBSCRIPTION.ACTIVATED", free).status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(standing("BILLING.SUBSCRIPTION.ACTIVATED", free).trialEnd()).isEqualTo(until);
        assertThat(standing("BILLING.SUBSCRIPTION.ACTIVATED", paid).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(standing("BILLING.SUBSCRIPTION.ACTIVATED", paid).periodEnd()).isEqualTo(until);
    }

    @Test
    void no_sale_has_a_line_because_the_payer_may_choose_the_plan_and_the_words() {
        var sale = "{'id':'SALE1','amount':{'total':'8.00','currency':'USD'},'billing_agreement_id':'I-1',"
                + "'create_time':'2026-09-01T12:00:00Z'}";
        var setUpFee = sale.replace("SALE1", "SALE2").replace("8.00", "1.03");

        for (var each : List.of(sale, setUpFee)) {
            assertThat(facts("PAYMENT.SALE.COMPLETED", each).stream().filter(Fact.Invoice.class::isInstance))
                    .hasSize(1)
                    .allMatch(invoice -> ((Fact.Invoice) invoice).breakdown().isEmpty());
        }
        assertThat(new PayPalGateway().payerWords())
                .containsExactlyInAnyOrder(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE, Word.TRIAL);
    }

    private static Fact.Subscription standing(String type, String fields) {
        return (Fact.Subscription) facts(type, "{'id':'I-1'," + fields + "}").get(0);
    }
}
