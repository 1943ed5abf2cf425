package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.InvoiceStatus;
import ipn.avro.MoneyDecision;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.Payer;
import ipn.projector.stream.EntitlementNode;
import ipn.projector.stream.EntitlementStore;
import ipn.projector.stream.MatchOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rule that fails when time passes stops neither the stage nor the other keys, and is tried again. */
class ClockWorkTest extends WithProjection {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final String BROKEN = "u_1/premium";

    @Test
    void an_entitlement_on_which_a_rule_fails_waits_an_hour_and_the_others_expire_in_time() {
        subscribed("u_1").subscribed("u_2").events();
        var entitlements = projection.<EntitlementClaims>store(EntitlementStore.STORE);
        var whole = entitlements.get(BROKEN);
        entitlements.put(BROKEN, withoutTimes(whole));

        projection.pass(Duration.ofDays(40));
        assertThat(expired()).containsExactly("u_2");
        assertThat(projection.clockFailures()).isEqualTo(1);

        entitlements.put(BROKEN, whole);
        projection.pass(Duration.ofMinutes(59));
        assertThat(expired()).isEmpty();
        projection.pass(Duration.ofMinutes(2));
        assertThat(expired()).containsExactly("u_1");
    }

    @Test
    void of_many_that_end_at_once_some_end_with_each_tick() {
        var users = 2 * EntitlementNode.PER_TICK_MAX + 1;
        IntStream.range(0, users).forEach(number -> subscribed("u_" + number));
        projection.events();
        projection.later(Duration.ofDays(40));

        var ended = new ArrayList<Integer>();
        while (ended.stream().mapToInt(Integer::intValue).sum() < users && ended.size() < users) {
            projection.tick();
            ended.add(expired().size());
        }
        assertThat(ended).containsExactly(EntitlementNode.PER_TICK_MAX, EntitlementNode.PER_TICK_MAX, 1);
    }

    @Test
    void an_order_on_which_a_rule_fails_does_not_keep_the_others_from_being_missing() {
        projection.ordered(order("o_1")).ordered(order("o_2"));
        broken("o_1");
        projection.pass(Duration.ofDays(2));
        assertThat(projection.discrepancies())
                .singleElement()
                .satisfies(missing -> assertThat(missing.getOrder()).isEqualTo("o_2"));
        assertThat(projection.clockFailures()).isEqualTo(1);
    }

    @Test
    void a_decision_about_an_order_on_which_a_rule_fails_counts_once_its_dead_letter_is_replayed() {
        projection.ordered(order("o_1"));
        var whole = broken("o_1");
        var decision = dismissed("o_1", null);
        projection.decided(decision);
        assertThat(projection.deadLetters().readRecordsToList()).hasSize(1);

        projection.<OrderAllocation>store(MatchOrder.STORE).put("o_1", whole);
        projection.decided(decision);
        assertThat(decisionsOf("o_1")).hasSize(1);
        assertThat(projection.deadLetters().isEmpty()).isTrue();
    }

    @Test
    void the_end_of_a_decision_about_an_order_on_which_a_rule_fails_is_tried_again() {
        projection.ordered(order("o_1")).ordered(order("o_2"));
        projection.decided(dismissed("o_1", NOON.plus(Duration.ofHours(1))));
        projection.decided(dismissed("o_2", NOON.plus(Duration.ofHours(1))));
        var whole = broken("o_1");

        projection.pass(Duration.ofMinutes(70));
        assertThat(projection.clockFailures()).isEqualTo(1);
        assertThat(decisionsOf("o_1")).hasSize(1);
        assertThat(decisionsOf("o_2")).isEmpty();

        projection.<OrderAllocation>store(MatchOrder.STORE).put("o_1", whole);
        projection.pass(Duration.ofMinutes(70));
        assertThat(decisionsOf("o_1")).isEmpty();
        assertThat(projection.clockFailures()).isEqualTo(1);
    }

    private List<MoneyDecision> decisionsOf(String order) {
        return projection.<OrderAllocation>store(MatchOrder.STORE).get(order).getDecisions();
    }

    /** Breaks what is stored of an order, and returns it as it was. */
    private OrderAllocation broken(String id) {
        var orders = projection.<OrderAllocation>store(MatchOrder.STORE);
        var whole = orders.get(id);
        var amount =
                Order.newBuilder(whole.getOrder()).setAmount(Long.MAX_VALUE).build();
        orders.put(
                id,
                OrderAllocation.newBuilder(whole)
                        .setOrder(amount)
                        .setPayers(Map.of(key("pi_1"), payer("pi_1"), key("pi_2"), payer("pi_2")))
                        .build());
        return whole;
    }

    private static Decision dismissed(String order, @Nullable Instant until) {
        return Decision.newBuilder()
                .setDecisionId("d_" + order)
                .setKind(DecisionKind.DISMISS)
                .setTarget(DecisionTarget.ORDER)
                .setAbout(order)
                .setBy("ada")
                .setAt(NOON)
                .setWhy("looked into")
                .setUntil(until)
                .setDiscrepancy("MISSING/order/" + order)
                .setDiscrepancyContent("0".repeat(64))
                .build();
    }

    private ClockWorkTest subscribed(String subject) {
        projection.applied(invoice("in_" + subject, InvoiceStatus.PAID, 800, NOON, OCTOBER)
                .setReferences(Map.of("subject", subject, "product", "premium")));
        return this;
    }

    private List<EntitlementEvent> events() {
        return projection.events();
    }

    private List<String> expired() {
        return events().stream()
                .filter(event -> event.getType() == EntitlementEventType.EXPIRED)
                .map(EntitlementEvent::getSubject)
                .toList();
    }

    private static EntitlementClaims withoutTimes(EntitlementClaims whole) {
        var broken = whole.getClaims().stream()
                .map(claim ->
                        Claim.newBuilder(claim).setFrom(null).setUntil(null).build())
                .toList();
        return EntitlementClaims.newBuilder(whole).setClaims(broken).build();
    }

    /** Two of them overflow. */
    private static Payer payer(String id) {
        var own = captured(id, NOON, Long.MAX_VALUE - 1, 0)
                .setReferences(Map.of("order", "o_1"))
                .build();
        return new Payer(own, List.of(), new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false));
    }

    private static Order.Builder order(String id) {
        return Order.newBuilder()
                .setOrderId(id)
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setPayBy(NOON.plus(Duration.ofDays(1)))
                .setLive(true);
    }
}
