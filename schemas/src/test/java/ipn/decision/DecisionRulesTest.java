package ipn.decision;

import static ipn.decision.TestDecisions.HASH;
import static ipn.decision.TestDecisions.NOON;
import static ipn.decision.TestDecisions.PAYMENT;
import static ipn.decision.TestDecisions.accept;
import static ipn.decision.TestDecisions.decision;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionRulesTest {
    private record Case(String expected, Consumer<Decision.Builder> change) {
        @Override
        public String toString() {
            return expected;
        }
    }

    static Stream<Case> broken() {
        return Stream.of(
                new Case("decisionId: ", each -> each.setDecisionId(" ")),
                new Case("decisionId: ", each -> each.setDecisionId("x".repeat(101))),
                new Case("about: no id", each -> each.setAbout("")),
                new Case("about: no id", each -> each.setAbout("x".repeat(501))),
                new Case("about: not the record's key", each -> each.setAbout("stripe/main/ch_2")),
                new Case("kind: ", each -> each.setKind(DecisionKind.UNKNOWN)),
                new Case("target: SUBJECT of ACCEPT", each -> each.setTarget(DecisionTarget.SUBJECT)),
                new Case("by: ", each -> each.setBy("")),
                new Case("by: ", each -> each.setBy("x".repeat(201))),
                new Case("principal: ", each -> each.setPrincipal("x".repeat(501))),
                new Case("authenticated: ", each -> each.setAuthenticated(true)),
                new Case("authenticated: ", each -> each.setAuthenticated(true).setPrincipal("eve")),
                new Case("why: ", each -> each.setWhy(" ")),
                new Case("why: ", each -> each.setWhy("x".repeat(1_001))),
                new Case("of or discrepancy: ", each -> each.setOf("x".repeat(101))),
                new Case("of or discrepancy: ", each -> each.setDiscrepancy("x".repeat(6_001))),
                new Case("seen: ", each -> each.setSeen("x".repeat(101))),
                new Case("subject, ", each -> each.setSubject("x".repeat(501))),
                new Case("subject, ", each -> each.setEntitlement("x".repeat(501))),
                new Case("subject, ", each -> each.setProduct("")),
                new Case("subject, ", each -> each.setScope("x".repeat(501))),
                new Case("subject, ", each -> each.setToSubject("x".repeat(501))),
                new Case("subject, ", each -> each.setPolicyVersion("x".repeat(501))),
                new Case("shown or ", each -> each.setShown("ABC")),
                new Case("shown or ", each -> each.setDiscrepancyContent("x".repeat(64))),
                new Case("purchases: ", each -> each.setPurchases(List.of("x".repeat(501)))),
                new Case("purchases: ", each -> each.setPurchases(Collections.nCopies(129, "x"))));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void the_first_rule_that_is_broken_is_named(Case broken) {
        var builder = accept("d1");
        broken.change.accept(builder);
        assertThat(DecisionRules.violation(PAYMENT, builder.build()))
                .get()
                .satisfies(violation -> assertThat(violation.detail())
                        .startsWith(broken.expected)
                        .doesNotContain("xxx", "ch_2", "eve", "ABC"));
    }

    @Test
    void texts_may_be_as_long_as_their_bound() {
        var longest = accept("x".repeat(100))
                .setAbout("x".repeat(500))
                .setBy("x".repeat(200))
                .setWhy("x".repeat(1_000))
                .setOf("x".repeat(100))
                .setDiscrepancy("x".repeat(6_000))
                .setSeen("x".repeat(100))
                .setShown(HASH)
                .setSubject("x".repeat(500))
                .setPurchases(Collections.nCopies(128, "x".repeat(500)))
                .build();
        assertThat(DecisionRules.violation("x".repeat(500), longest)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = DecisionKind.class,
            names = {"UNKNOWN", "REPLAY", "DISCARD", "REOPEN", "RELEASE"},
            mode = EnumSource.Mode.EXCLUDE)
    void each_kind_needs_its_fields(DecisionKind kind) {
        var target = Stream.of(DecisionTarget.values())
                .filter(each -> !detail(decision("d1", kind).setTarget(each)).startsWith("target"))
                .findFirst()
                .orElseThrow();
        assertThat(detail(decision("d1", kind).setTarget(target))).contains("missing (expected: as its kind needs)");
        assertThat(DecisionRules.violation(
                        PAYMENT,
                        decision("d1", kind)
                                .setTarget(target)
                                .setOf("d0")
                                .setDiscrepancy("UNDERPAID/" + PAYMENT)
                                .setDiscrepancyContent(HASH)
                                .setSubject("u_1")
                                .setEntitlement("premium")
                                .setProduct("premium")
                                .setToSubject("u_2")
                                .setPurchases(List.of("p_1"))
                                .setPolicyVersion("v1")
                                .setWhich("1 capture")
                                .setFrom(NOON)
                                .setUntil(NOON.plusSeconds(1))
                                .build()))
                .isEmpty();
    }

    @Test
    void access_that_is_granted_ends_after_its_start() {
        var grant = decision("d1", DecisionKind.GRANT)
                .setTarget(DecisionTarget.SUBJECT)
                .setEntitlement("premium")
                .setProduct("premium")
                .setFrom(NOON)
                .setUntil(NOON);
        assertThat(detail(grant)).startsWith("until: not after from");
        assertThat(detail(grant.setFrom(NOON.plusSeconds(1)).setUntil(NOON.plusSeconds(2))))
                .startsWith("from: after the time of the decision");
    }

    private static String detail(Decision.Builder decision) {
        return DecisionRules.violation(PAYMENT, decision.build())
                .map(DecisionRules.Violation::detail)
                .orElse("");
    }
}
