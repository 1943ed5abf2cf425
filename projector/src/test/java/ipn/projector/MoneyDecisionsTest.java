package ipn.projector;

import static ipn.projector.DecidedMoneyTest.decision;
import static ipn.projector.DecidedMoneyTest.undo;
import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.key;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.decision.DiscrepancyContent;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.ProductCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stage when people decide about money. */
class MoneyDecisionsTest extends WithProjection {
    private static final Map<String, String> COMPLETE =
            Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_7");

    @TempDir
    private Path other;

    private static PaymentState.Builder paid(long amount) {
        return captured("pi_1", NOON, amount, 0).setReferences(COMPLETE);
    }

    private static Decision.Builder accept(String id, int minute) {
        return decision(id, DecisionKind.ACCEPT, underpaid("20.00 USD"), minute);
    }

    private static Discrepancy underpaid(String actual) {
        return Discrepancy.newBuilder()
                .setDiscrepancyId("UNDERPAID/" + key("pi_1"))
                .setState(DiscrepancyState.OPEN)
                .setKind(DiscrepancyKind.UNDERPAID)
                .setPaymentKey(key("pi_1"))
                .setExpected("25.00 USD")
                .setActual(actual)
                .setCause(new Cause("e", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("v1")
                .setAt(NOON)
                .build();
    }

    private static Decision assign(String subject) {
        return decision("d_assign", DecisionKind.ASSIGN, underpaid(""), 1)
                .setDiscrepancy(null)
                .setDiscrepancyContent(null)
                .setSubject(subject)
                .build();
    }

    @Test
    void an_accepted_underpayment_grants_and_is_closed_with_the_decision_and_its_undo_opens_it_again() {
        projection.applied(paid(2000));
        assertThat(newest().getState()).isEqualTo(DiscrepancyState.OPEN);
        assertThat(projection.events()).isEmpty();

        var accept = accept("d_1", 1).build();
        projection.decided(accept);
        assertThat(newest()).satisfies(closed -> {
            assertThat(closed.getState()).isEqualTo(DiscrepancyState.CLOSED);
            assertThat(closed.getDecision()).isEqualTo("d_1");
            assertThat(closed.getCause().getEventKey()).isEqualTo("decision/d_1");
            assertThat(closed.getCause().getTopic()).isEqualTo("ipn.decisions");
        });
        assertThat(projection.events()).singleElement().satisfies(granted -> {
            assertThat(granted.getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
            assertThat(granted.getDiscrepancy()).isEqualTo(DiscrepancyKind.UNDERPAID);
            assertThat(granted.getCause().getEventKey()).isEqualTo("decision/d_1");
        });

        projection.decided(undo(accept));
        assertThat(newest()).satisfies(open -> {
            assertThat(open.getState()).isEqualTo(DiscrepancyState.OPEN);
            assertThat(open.getDecision()).isNull();
        });
        assertThat(projection.events())
                .singleElement()
                .satisfies(ended -> assertThat(ended.getReason()).isEqualTo(AccessReason.WITHDRAWN));
    }

    @Test
    void a_decision_waits_for_its_money() {
        projection.decided(accept("d_1", 1).build());
        assertThat(projection.discrepancies()).isEmpty();
        projection.applied(paid(2000));
        assertThat(projection.events()).hasSize(1);
        assertThat(projection.discrepancies())
                .singleElement()
                .satisfies(closed -> assertThat(closed.getDecision()).isEqualTo("d_1"));
    }

    @Test
    void of_one_kind_at_two_payments_only_that_of_the_decision_is_accepted() {
        projection.decided(accept("d_1", 1).build());
        projection.applied(captured("pi_2", NOON, 2000, 0).setReferences(COMPLETE));
        assertThat(projection.events()).isEmpty();
        assertThat(newest().getState()).isEqualTo(DiscrepancyState.OPEN);
    }

    @Test
    void what_is_accepted_until_a_time_ends_then_by_our_clock() {
        projection.applied(paid(2000));
        projection.decided(accept("d_1", 1).setUntil(NOON.plusSeconds(60)).build());
        projection.pass(Duration.ofSeconds(59));
        assertThat(projection.events()).hasSize(1);
        projection.discrepancies();

        projection.pass(Duration.ofSeconds(2));
        assertThat(newest().getState()).isEqualTo(DiscrepancyState.OPEN);
        assertThat(projection.events()).singleElement().satisfies(ended -> {
            assertThat(ended.getStatus()).isEqualTo(EntitlementStatus.ENDED);
            assertThat(ended.getCause().getByClock()).isTrue();
        });
        projection.pass(Duration.ofHours(2));
        assertThat(projection.events()).isEmpty();
        assertThat(projection.clockFailures()).isZero();
    }

    @Test
    void a_second_end_is_seen_after_the_first() {
        projection.applied(paid(2000));
        projection.decided(accept("d_1", 2).setUntil(NOON.plusSeconds(60)).build());
        projection.decided(accept("d_2", 1).setUntil(NOON.plusSeconds(90)).build());
        projection.discrepancies();
        projection.pass(Duration.ofSeconds(61));
        assertThat(newest().getDecision()).isEqualTo("d_2");
        projection.pass(Duration.ofSeconds(30));
        assertThat(newest().getState()).isEqualTo(DiscrepancyState.OPEN);
    }

    @Test
    void a_refund_afterwards_ends_access() {
        projection.applied(paid(2000));
        projection.decided(accept("d_1", 1).build());
        projection.events();
        projection.applied(paid(2000)
                .setTotals(captured("pi_1", NOON, 2000, 2000).getTotals())
                .setRefundedAt(NOON.plusSeconds(60)));
        assertThat(projection.events())
                .singleElement()
                .satisfies(ended -> assertThat(ended.getReason()).isEqualTo(AccessReason.REFUNDED));
    }

    @Test
    void what_was_dismissed_opens_again_when_another_amount_came_than_the_person_saw() {
        projection.applied(paid(2000));
        projection.decided(
                decision("d_1", DecisionKind.DISMISS, underpaid("20.00 USD"), 1).build());
        assertThat(newest().getDecision()).isEqualTo("d_1");
        projection.applied(paid(2100));
        assertThat(newest()).satisfies(open -> {
            assertThat(open.getState()).isEqualTo(DiscrepancyState.OPEN);
            assertThat(open.getActual()).isEqualTo("21.00 USD");
        });
        assertThat(projection.events()).isEmpty();
    }

    @Test
    void what_was_accepted_stays_so_when_more_money_comes() {
        projection.applied(paid(2000));
        projection.decided(accept("d_1", 1).build());
        projection.applied(paid(2100));
        assertThat(newest().getDecision()).isEqualTo("d_1");
        assertThat(projection.states().values())
                .extracting(state -> state.getLast().getStatus())
                .containsOnly(EntitlementStatus.ACTIVE);
    }

    @Test
    void of_two_decisions_the_one_made_last_counts_whichever_arrives_last() {
        projection.applied(paid(2000));
        projection.decided(
                decision("d_2", DecisionKind.DISMISS, underpaid("20.00 USD"), 2).build());
        projection.decided(accept("d_1", 1).build());
        assertThat(newest().getDecision()).isEqualTo("d_2");
        assertThat(projection.events()).isEmpty();
    }

    @Test
    void a_decision_that_needs_approval_counts_once_somebody_else_approved_it() {
        projection.applied(paid(2000));
        projection.decided(accept("d_1", 1).setNeedsApproval(true).build());
        assertThat(projection.events()).isEmpty();
        projection.decided(Decision.newBuilder(undo(accept("d_1", 1).build()))
                .setDecisionId("a_1")
                .setKind(DecisionKind.APPROVE)
                .build());
        assertThat(projection.events()).hasSize(1);
    }

    @Test
    void the_subject_that_a_person_assigned_stays_when_the_gateway_names_another_later() {
        var nameless = new HashMap<>(COMPLETE);
        nameless.remove("subject");
        projection.applied(paid(2500).setReferences(nameless));
        projection.decided(assign("u_1"));
        assertThat(projection.events()).extracting(EntitlementEvent::getSubject).containsExactly("u_1");
        projection.applied(paid(2500));
        assertThat(projection.events()).isEmpty();
    }

    @Test
    void a_product_that_a_person_assigned_does_not_override_what_the_gateway_names_and_the_price_is_compared() {
        var assigned = Decision.newBuilder(assign("u_42"))
                .setSubject(null)
                .setProduct("premium")
                .build();
        projection.decided(assigned);
        projection.applied(captured("pi_1", NOON, 2500, 0)
                .setSkus(List.of("promoted-post"))
                .setReferences(Map.of("subject", "u_42", "reference", "post_7")));
        assertThat(projection.events()).extracting(EntitlementEvent::getProduct).containsExactly("promoted-post");
        projection.applied(captured("pi_1", NOON, 2500, 0).setReferences(Map.of("subject", "u_42")));
        assertThat(newest()).satisfies(open -> {
            assertThat(open.getKind()).isEqualTo(DiscrepancyKind.OVERPAID);
            assertThat(open.getExpected()).isEqualTo("8.00 USD");
        });
    }

    @Test
    void a_decision_about_an_order_of_the_same_name_does_not_affect_a_payment() {
        projection.applied(paid(2000));
        projection.decided(accept("d_1", 1).setTarget(DecisionTarget.ORDER).build());
        assertThat(projection.events()).isEmpty();
    }

    @Test
    void a_new_stage_that_reads_everything_again_in_another_order_ends_the_same() {
        var accept = accept("d_1", 1).build();
        var dismiss =
                decision("d_2", DecisionKind.DISMISS, underpaid("20.00 USD"), 2).build();
        projection.applied(paid(2000));
        projection.decided(accept).decided(dismiss).decided(undo(dismiss));
        try (var rebuilt = new Projection(other)) {
            rebuilt.decided(undo(dismiss)).decided(dismiss);
            rebuilt.applied(paid(2000));
            rebuilt.decided(accept);
            assertThat(end(rebuilt)).isEqualTo(end(projection)).isNotEmpty();
        }
    }

    private static Map<String, String> end(Projection stage) {
        var end = new TreeMap<String, String>();
        stage.states().forEach((entitlement, state) -> end.put(entitlement, access(state)));
        stage.discrepancies()
                .forEach(each -> end.put(each.getDiscrepancyId(), each.getState() + " " + each.getDecision()));
        return end;
    }

    private static String access(Entitlement state) {
        var last = state.getLast();
        return String.join(" ", last.getStatus().name(), last.getReason().name(), last.getPaymentKey());
    }

    private Discrepancy newest() {
        var all = projection.discrepancies();
        return all.get(all.size() - 1);
    }

    @Test
    void of_two_discrepancies_of_one_order_only_that_of_the_decision_is_accepted() {
        projection.ordered(order());
        projection.applied(euros("pi_1")).applied(euros("pi_2"));
        var first = projection.discrepancies().stream()
                .filter(each -> each.getPaymentKey().equals(key("pi_1")))
                .findFirst()
                .orElseThrow();
        projection.decided(decision("d_1", DecisionKind.ACCEPT, first, 1).build());
        assertThat(projection.discrepancies())
                .extracting(Discrepancy::getPaymentKey, Discrepancy::getDecision)
                .containsExactly(tuple(key("pi_1"), "d_1"));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getPaymentKey)
                .containsExactly(key("pi_1"));
    }

    @Test
    void late_money_that_is_accepted_counts_for_the_order_and_must_be_enough() {
        projection.ordered(order().setPayBy(NOON.minus(Duration.ofHours(1))));
        projection.applied(captured("pi_1", NOON, 2000, 0).setReferences(Map.of("order", "o_1")));
        var late = newest();
        projection.decided(decision("d_1", DecisionKind.ACCEPT, late, 1).build());
        assertThat(projection.events()).isEmpty();
        assertThat(projection.discrepancies())
                .extracting(Discrepancy::getKind, Discrepancy::getState)
                .contains(
                        tuple(DiscrepancyKind.LATE, DiscrepancyState.CLOSED),
                        tuple(DiscrepancyKind.UNDERPAID, DiscrepancyState.OPEN));
    }

    @Test
    void a_decision_about_an_order_that_nobody_knows_yet_waits_for_its_money() {
        var unknown = Discrepancy.newBuilder(underpaid(""))
                .setDiscrepancyId("UNKNOWN_ORDER/" + key("pi_1") + ",order=o_9")
                .setOrder("o_9")
                .setExpected("an order of a checkout")
                .setActual("unknown order o_9")
                .build();
        projection.decided(decision("d_1", DecisionKind.ACCEPT, unknown, 1).build());
        var references = new HashMap<>(COMPLETE);
        references.put("order", "o_9");
        projection.applied(paid(2500).setReferences(references));
        assertThat(projection.events()).hasSize(1);
    }

    private static PaymentState.Builder euros(String id) {
        return captured(id, NOON, 2500, 0)
                .setTotals(List.of(new Totals("EUR", 0L, 2500L, 0L, 0L, 0L, 0L)))
                .setReferences(Map.of("order", "o_1"));
    }

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

    @Test
    void decisions_are_counted_by_kind() {
        projection.decided(accept("d_1", 1).build()).decided(accept("d_1", 1).build());
        projection.decided(undo(accept("d_1", 1).build()));
        assertThat(projection.decisions()).isEqualTo(Map.of("ACCEPT", 1.0, "UNDO", 1.0));
    }

    @ParameterizedTest
    @EnumSource(
            value = DecisionKind.class,
            names = {"ACCEPT", "DISMISS"})
    void the_content_of_a_discrepancy_is_what_was_expected_and_what_came(DecisionKind kind) {
        assertThat(DiscrepancyContent.hash(kind, underpaid("20.00 USD")))
                .isEqualTo(DiscrepancyContent.hash(kind, "25.00 USD", "20.00 USD", null))
                .isNotEqualTo(DiscrepancyContent.hash(kind, "25.00 USD", "21.00 USD", null));
        assertThat(DiscrepancyContent.hash(kind, null, "x", null))
                .isNotEqualTo(DiscrepancyContent.hash(kind, "x", null, null));
    }

    @ParameterizedTest
    @EnumSource(
            value = DiscrepancyKind.class,
            names = {"NO_ORDER", "LATE", "CURRENCY_MISMATCH"})
    void more_money_than_was_dismissed_opens_a_discrepancy_of_one_charge_again(DiscrepancyKind kind)
            throws IOException {
        var policy = new Policy(Set.of(), kind == DiscrepancyKind.NO_ORDER ? Set.of("stripe") : Set.of());
        var catalogue = new ProductCatalogue(Products.CATALOGUE.byName(), true, policy, "v_1");
        try (var projector = new Projection(Files.createDirectory(folder.resolve(kind.name())), catalogue)) {
            projector.ordered(order().setPayBy(NOON.minus(Duration.ofHours(1))));
            projector.applied(ofKind(kind, 2500));
            var open = last(projector);
            assertThat(open.getKind()).isEqualTo(kind);
            projector.decided(decision("d_1", DecisionKind.DISMISS, open, 1).build());
            assertThat(last(projector).getDecision()).isEqualTo("d_1");
            projector.applied(ofKind(kind, 2500).setSkus(List.of("news")));
            assertThat(projector.discrepancies()).isEmpty();

            projector.applied(ofKind(kind, 900_000));
            assertThat(last(projector).getState()).isEqualTo(DiscrepancyState.OPEN);
        }
    }

    private static Discrepancy last(Projection projector) {
        var all = projector.discrepancies();
        return all.get(all.size() - 1);
    }

    private static PaymentState.Builder ofKind(DiscrepancyKind kind, long amount) {
        var currency = kind == DiscrepancyKind.CURRENCY_MISMATCH ? "CHF" : "USD";
        return captured("pi_1", NOON, amount, 0)
                .setTotals(List.of(new Totals(currency, 0L, amount, 0L, 0L, 0L, 0L)))
                .setReferences(kind == DiscrepancyKind.LATE ? Map.of("order", "o_1") : COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "product", "reference", "known product", "live", "no order"})
    void more_money_than_was_dismissed_opens_the_discrepancy_again_where_it_has_no_amount(String what) {
        projection.applied(lacking(what, 2500));
        projection.decided(decision("d_1", DecisionKind.DISMISS, newest(), 1).build());
        assertThat(newest().getDecision()).isEqualTo("d_1");
        projection.applied(lacking(what, 2500).setSkus(List.of("news")));
        assertThat(projection.discrepancies()).isEmpty();

        projection.applied(lacking(what, 900_000));
        assertThat(newest()).satisfies(open -> {
            assertThat(open.getState()).isEqualTo(DiscrepancyState.OPEN);
            assertThat(open.getCaptured()).isEqualTo("9000.00 USD");
        });
    }

    private static PaymentState.Builder lacking(String what, long amount) {
        var references = new HashMap<>(COMPLETE);
        references.remove(what);
        if (what.equals("known product")) {
            references.put("product", "a-hat");
        }
        if (what.equals("no order")) {
            references.put("order", "o_1");
        }
        return paid(amount).setReferences(references).setLive(!what.equals("live"));
    }
}
