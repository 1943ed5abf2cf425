package ipn.projector;

import static ipn.projector.DecidedMoneyTest.decision;
import static ipn.projector.DecidedMoneyTest.undo;
import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.renewal;
import static ipn.projector.Payments.renewals;
import static ipn.projector.Payments.subscription;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DecisionKind;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementStatus;
import ipn.avro.Order;
import ipn.avro.PayerWord;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import ipn.decision.DecisionCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person accepted is accepted as the person saw it, or better, and never worse. */
class AcceptedMoneyTest extends WithProjection {
    private static final Instant MONTH = NOON.plus(Duration.ofDays(30));

    private EntitlementStatus status;

    private static Order.Builder order() {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true);
    }

    private static PaymentState.Builder pays(String id, long amount, long refunded) {
        return captured(id, NOON, amount, refunded)
                .setRefundedAt(refunded == 0 ? null : NOON.plusSeconds(60))
                .setReferences(Map.of("order", "o_1"));
    }

    private static PaymentState.Builder trial(int days) {
        var trialing = subscription(SubscriptionStatus.TRIALING, NOON).setPayerWords(List.of(PayerWord.TRIAL));
        return trialing.setSubscription(Subscription.newBuilder(trialing.getSubscription())
                .setTrialEnd(NOON.plus(Duration.ofDays(days)))
                .build());
    }

    private void accept(Discrepancy discrepancy) {
        projection.decided(decision("d_1", DecisionKind.ACCEPT, discrepancy, 1).build());
    }

    private Discrepancy newest() {
        var all = projection.discrepancies();
        return all.get(all.size() - 1);
    }

    private EntitlementStatus status() {
        projection.events().forEach(event -> status = event.getStatus());
        return status;
    }

    @Test
    void one_cent_does_not_take_the_place_of_accepted_money_that_was_refunded() {
        projection.ordered(order()).applied(pays("pi_1", 2400, 0));
        accept(newest());
        assertThat(status()).isEqualTo(EntitlementStatus.ACTIVE);
        projection.applied(pays("pi_1", 2400, 2400));
        assertThat(status()).isEqualTo(EntitlementStatus.ENDED);

        projection.discrepancies();
        projection.applied(pays("pi_2", 1, 0));
        assertThat(status()).isEqualTo(EntitlementStatus.ENDED);
        assertThat(newest()).satisfies(open -> {
            assertThat(open.getKind()).isEqualTo(DiscrepancyKind.UNDERPAID);
            assertThat(open.getState()).isEqualTo(DiscrepancyState.OPEN);
            assertThat(open.getActual()).isEqualTo("0.01 USD");
        });
    }

    @Test
    void as_much_again_as_was_accepted_is_accepted() {
        projection.ordered(order()).applied(pays("pi_1", 2400, 0));
        accept(newest());
        projection.applied(pays("pi_1", 2400, 2400)).applied(pays("pi_2", 2450, 0));
        assertThat(status()).isEqualTo(EntitlementStatus.ACTIVE);
    }

    @Test
    void more_that_is_expected_of_an_order_was_not_accepted() {
        projection.ordered(order()).applied(pays("pi_1", 2400, 0));
        accept(newest());
        projection.ordered(order().setAmount(100_000));
        assertThat(status()).isEqualTo(EntitlementStatus.ENDED);
        assertThat(newest()).satisfies(open -> {
            assertThat(open.getState()).isEqualTo(DiscrepancyState.OPEN);
            assertThat(open.getExpected()).isEqualTo("1000.00 USD");
        });
    }

    @Test
    void a_longer_trial_than_the_person_saw_is_not_accepted_and_a_shorter_one_is() {
        projection.applied(trial(14));
        accept(newest());
        assertThat(status()).isEqualTo(EntitlementStatus.ACTIVE);
        projection.applied(trial(13));
        assertThat(status()).isEqualTo(EntitlementStatus.ACTIVE);

        projection.applied(trial(3650));
        assertThat(status()).isNotEqualTo(EntitlementStatus.ACTIVE);
        assertThat(newest().getState()).isEqualTo(DiscrepancyState.OPEN);
    }

    @Test
    void what_a_decision_about_an_order_grants_and_what_its_undo_withdraws_has_the_decision_as_its_cause() {
        projection.ordered(order()).applied(pays("pi_1", 2400, 0));
        var accept = decision("d_1", DecisionKind.ACCEPT, newest(), 1).build();
        projection.decided(accept);
        assertThat(projection.events())
                .singleElement()
                .satisfies(
                        granted -> assertThat(granted.getCause().getEventKey()).isEqualTo("decision/d_1"));
        projection.decided(undo(accept));
        assertThat(projection.events()).singleElement().satisfies(ended -> {
            assertThat(ended.getStatus()).isEqualTo(EntitlementStatus.ENDED);
            assertThat(DecisionCause.isImmediate(ended.getCause())).isTrue();
        });
    }

    @Test
    void what_a_checkout_withdraws_after_a_decision_does_not_have_the_decision_as_its_cause() {
        projection.ordered(order()).applied(pays("pi_1", 2500, 0)).applied(pays("pi_2", 2500, 0));
        projection.events();
        accept(newest());
        projection.ordered(order().setSubject("u_7"));
        assertThat(projection.events())
                .filteredOn(event -> event.getStatus() == EntitlementStatus.ENDED)
                .isNotEmpty()
                .noneMatch(event -> DecisionCause.isKey(event.getCause().getEventKey()));
    }

    @ParameterizedTest
    @EnumSource(
            value = DecisionKind.class,
            names = {"ACCEPT", "DISMISS"})
    void what_was_decided_about_the_only_invoice_counts_when_a_second_one_comes(DecisionKind kind) {
        var first = renewal("in_1", NOON, MONTH).setPaid(700);
        projection.applied(renewals(first));
        projection.decided(decision("d_1", kind, newest(), 1).build());
        var before = status();

        projection.applied(renewals(first, renewal("in_2", MONTH, MONTH.plus(Duration.ofDays(30)))));
        assertThat(newestOf("in_1")).satisfies(closed -> {
            assertThat(closed.getState()).isEqualTo(DiscrepancyState.CLOSED);
            assertThat(closed.getDecision()).isEqualTo("d_1");
        });
        assertThat(kind == DecisionKind.DISMISS ? before : status()).isEqualTo(before);
    }

    @Test
    void what_was_decided_about_the_first_invoice_does_not_count_for_the_second() {
        var first = renewal("in_1", NOON, MONTH).setPaid(700);
        projection.applied(renewals(first));
        accept(newest());
        projection.applied(renewals(
                first, renewal("in_2", MONTH, MONTH.plus(Duration.ofDays(30))).setPaid(700)));
        assertThat(newestOf("in_2").getState()).isEqualTo(DiscrepancyState.OPEN);
    }

    private Discrepancy newestOf(String invoice) {
        return projection.discrepancies().stream()
                .filter(each -> each.getDiscrepancyId().contains(",invoice=" + invoice))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
