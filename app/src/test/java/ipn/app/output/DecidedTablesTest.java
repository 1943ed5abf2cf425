package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.OrderAllocation;
import ipn.avro.OrderStatus;
import ipn.decision.Decisions;
import ipn.decision.DiscrepancyOptions;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.DiscrepancyDecisions.Details;
import ipn.operations.decision.OrderDecisions;
import ipn.operations.query.OrderQuery.OrderView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Discrepancies, decisions and orders as people read them. */
class DecidedTablesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

    private static Discrepancy.Builder discrepancy(DiscrepancyKind kind) {
        return Discrepancy.newBuilder()
                .setDiscrepancyId(kind + "/stripe/main/pi_1,order=o_1")
                .setState(DiscrepancyState.OPEN)
                .setKind(kind)
                .setPaymentKey("stripe/main/pi_1")
                .setOrder("o_1")
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 1L, false))
                .setPolicyVersion("v")
                .setAt(NOW);
    }

    private static List<String> shown(Discrepancy discrepancy, Optional<String> named) {
        return DiscrepancyTable.of(new Details(
                        discrepancy, DiscrepancyOptions.of(discrepancy), List.of(), named, List.of(), List.of()))
                .lines();
    }

    @Test
    void a_discrepancy_has_its_user_or_the_one_that_the_payment_names() {
        var unknown = discrepancy(DiscrepancyKind.UNKNOWN_ORDER).build();
        assertThat(shown(unknown, Optional.of("u_7")))
                .anyMatch(line -> line.matches("user +u_7 \\(named by the payment\\)"));
        assertThat(shown(unknown, Optional.empty())).anyMatch(line -> line.matches("user +not known"));
        assertThat(shown(
                        discrepancy(DiscrepancyKind.UNDERPAID).setSubject("u_8").build(), Optional.of("u_7")))
                .anyMatch(line -> line.matches("user +u_8"));
    }

    @Test
    void only_a_discrepancy_that_a_decision_closed_names_one() {
        assertThat(shown(discrepancy(DiscrepancyKind.UNDERPAID).build(), Optional.empty()))
                .noneMatch(line -> line.startsWith("closed by decision"));
        assertThat(shown(
                        discrepancy(DiscrepancyKind.UNDERPAID)
                                .setState(DiscrepancyState.CLOSED)
                                .setDecision("d-1")
                                .build(),
                        Optional.empty()))
                .anyMatch(line -> line.matches("closed by decision +d-1"));
    }

    @Test
    void a_decision_is_listed_with_what_it_is_about_and_what_it_does() {
        var revoke = decision("d-1", DecisionKind.REVOKE).build();
        var undo = decision("d-2", DecisionKind.UNDO).setOf("d-1").build();
        var lines = DiscrepancyTable.decisions(DecisionView.all(new Decisions(List.of(revoke, undo), Set.of()), NOW))
                .lines();

        assertThat(lines.get(0)).matches("decision +kind +about +by .*");
        assertThat(lines)
                .anyMatch(line -> line.matches("d-1 +REVOKE +u_42 .* undone"))
                .anyMatch(line -> line.matches("d-2 +UNDO +u_42 .* undoes that decision"));
    }

    private static Decision.Builder decision(String id, DecisionKind kind) {
        return Decision.newBuilder()
                .setDecisionId(id)
                .setKind(kind)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout("u_42")
                .setBy("mara")
                .setAt(NOW)
                .setWhy("asked");
    }

    private static String shown(OrderAllocation allocation, OrderDecisions people) {
        var out = new StringWriter();
        OrderText.print(
                new OrderView("o_1", Optional.empty(), Optional.of(allocation)),
                people,
                new Terminal(new PrintWriter(out), new PrintWriter(out), false));
        return out.toString();
    }

    private static OrderAllocation missing() {
        return OrderAllocation.newBuilder()
                .setOrderId("o_1")
                .setPayers(Map.of())
                .setStatus(OrderStatus.MISMATCHED)
                .setDiscrepancy(DiscrepancyKind.MISSING)
                .setClaims(List.of())
                .setDiscrepancies(List.of())
                .build();
    }

    @Test
    void an_order_whose_missing_payment_was_dismissed_names_who_did_it_when_and_why() {
        var dismissed = decision("d-1", DecisionKind.DISMISS)
                .setDiscrepancy("MISSING/order/o_1")
                .build();
        var all = DecisionView.all(new Decisions(List.of(dismissed), Set.of()), NOW);

        assertThat(shown(missing(), new OrderDecisions(all, List.of())).lines())
                .anyMatch(line -> line.matches("status +MISSING"))
                .anyMatch(line -> line.matches(
                        "decided +MISSING dismissed by mara .* at 2026-11-20T00:00:00Z: asked \\(decision d-1\\)"));
    }

    @Test
    void an_unpaid_order_names_a_payment_that_may_be_meant_for_it() {
        var open = discrepancy(DiscrepancyKind.UNKNOWN_ORDER).build();

        assertThat(shown(missing(), new OrderDecisions(List.of(), List.of(open))))
                .contains("  stripe/main/pi_1 (UNKNOWN_ORDER): ipn discrepancy show " + open.getDiscrepancyId());
    }

    @Test
    void an_order_that_was_paid_twice_matches_and_has_an_open_discrepancy_and_a_next_command() {
        var allocation = OrderAllocation.newBuilder()
                .setOrderId("o_1")
                .setPayers(Map.of())
                .setStatus(OrderStatus.MATCHED)
                .setClaims(List.of())
                .setDiscrepancies(
                        List.of(discrepancy(DiscrepancyKind.DUPLICATE_PAYMENT).build()))
                .build();
        var out = new StringWriter();
        OrderText.print(
                new OrderView("o_1", Optional.empty(), Optional.of(allocation)),
                new OrderDecisions(List.of(), List.of()),
                new Terminal(new PrintWriter(out), new PrintWriter(out), false));

        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("status +MATCHED, open: DUPLICATE_PAYMENT"))
                .contains("next: ipn discrepancy show DUPLICATE_PAYMENT/stripe/main/pi_1,order=o_1")
                .noneMatch(line -> line.contains("null"));
    }
}
