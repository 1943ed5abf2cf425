package ipn.decision;

import static ipn.decision.TestDecisions.NOON;
import static ipn.decision.TestDecisions.about;
import static ipn.decision.TestDecisions.accept;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.topics.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static List<String> effective(Decision... decisions) {
        return new Decisions(List.of(decisions), ApprovalPolicy.NONE)
                .effective(NOON).stream().map(Decision::getDecisionId).toList();
    }

    private static final ApprovalPolicy SINCE_NOON = (kind, at) -> kind == DecisionKind.ACCEPT && !at.isBefore(NOON);

    private static List<String> judged(ApprovalPolicy policy, Decision... decisions) {
        return new Decisions(List.of(decisions), policy)
                .effective(NOON).stream().map(Decision::getDecisionId).toList();
    }

    @Test
    void a_decision_counts_until_it_is_undone() {
        assertThat(effective(accept("d1").build())).containsExactly("d1");
        assertThat(effective(
                        accept("d1").build(),
                        accept("d2").build(),
                        about("u1", DecisionKind.UNDO, "d1").build()))
                .containsExactly("d2");
    }

    @Test
    void an_undo_of_an_undo_does_nothing() {
        assertThat(effective(
                        accept("d1").build(),
                        about("u1", DecisionKind.UNDO, "d1").build(),
                        about("u2", DecisionKind.UNDO, "u1").build()))
                .isEmpty();
    }

    @Test
    void where_it_needs_approval_it_counts_once_somebody_else_has_approved_it() {
        var needs = accept("d1").setNeedsApproval(true).build();
        assertThat(effective(needs)).isEmpty();
        assertThat(effective(needs, about("a1", DecisionKind.APPROVE, "d1").build()))
                .as("approved by the same person")
                .isEmpty();
        var other = about("a1", DecisionKind.APPROVE, "d1").setBy("bob").build();
        assertThat(effective(needs, other)).containsExactly("d1");
    }

    @Test
    void whether_it_needs_approval_is_what_the_policy_of_its_time_says_and_not_what_its_record_claims() {
        var claimsNone = accept("d1").build();
        assertThat(judged(SINCE_NOON, claimsNone)).isEmpty();
        assertThat(judged(
                        SINCE_NOON,
                        claimsNone,
                        about("a1", DecisionKind.APPROVE, "d1").build()))
                .isEmpty();
        assertThat(judged(
                        SINCE_NOON,
                        claimsNone,
                        about("a1", DecisionKind.APPROVE, "d1").setBy("bob").build()))
                .containsExactly("d1");
        assertThat(judged(SINCE_NOON, accept("d1").setAt(NOON.minusMillis(1)).build()))
                .as("made before the policy listed its kind")
                .containsExactly("d1");
    }

    @Test
    void the_undo_of_what_was_approved_needs_approval_as_well() {
        var decision = accept("d1").build();
        var approved = about("a1", DecisionKind.APPROVE, "d1")
                .setBy("bob")
                .setAt(NOON.plusSeconds(1))
                .build();
        var undo = about("u1", DecisionKind.UNDO, "d1").setAt(NOON.plusSeconds(2));
        assertThat(judged(SINCE_NOON, decision, approved, undo.build())).containsExactly("d1");
        assertThat(judged(SINCE_NOON, decision, approved, undo.setBy("bob").build()))
                .as("who approved it cannot undo it alone either")
                .containsExactly("d1");
        var undoApproved = about("a2", DecisionKind.APPROVE, "u1").setAt(NOON.plusSeconds(3));
        assertThat(judged(
                        SINCE_NOON,
                        decision,
                        approved,
                        undo.setBy("eve").build(),
                        undoApproved.setBy("eve").build()))
                .containsExactly("d1");
        assertThat(judged(
                        SINCE_NOON,
                        decision,
                        approved,
                        undo.build(),
                        undoApproved.setBy("bob").build()))
                .isEmpty();
        var all = new Decisions(List.of(decision, approved, undo.build()), SINCE_NOON);
        assertThat(all.isWaitingUndo(undo.build())).isTrue();
        assertThat(all.isWaitingUndo(decision)).isFalse();
    }

    @Test
    void what_nobody_has_approved_can_be_undone_alone_and_an_approval_afterwards_does_not_bring_it_back() {
        var decision = accept("d1").build();
        var undo =
                about("u1", DecisionKind.UNDO, "d1").setAt(NOON.plusSeconds(1)).build();
        var late = about("a1", DecisionKind.APPROVE, "d1")
                .setBy("bob")
                .setAt(NOON.plusSeconds(2))
                .build();
        var all = new Decisions(List.of(late, undo, decision), SINCE_NOON);
        assertThat(all.isUndone(decision)).isTrue();
        assertThat(all.isWaitingUndo(undo)).isFalse();
        assertThat(all.effective(NOON)).isEmpty();
    }

    @Test
    void a_decision_about_another_target_is_about_another_decision() {
        assertThat(effective(
                        accept("d1").build(),
                        about("u1", DecisionKind.UNDO, "d1")
                                .setTarget(DecisionTarget.ORDER)
                                .build()))
                .containsExactly("d1");
    }

    @Test
    void it_counts_until_its_end_and_not_longer() {
        var decisions = new Decisions(
                List.of(
                        accept("d1").setUntil(NOON.plusSeconds(60)).build(),
                        accept("d2").setUntil(NOON.plusSeconds(90)).build()),
                ApprovalPolicy.NONE);
        assertThat(decisions.nextCheck(NOON)).contains(NOON.plusSeconds(60));
        assertThat(decisions.effective(NOON.plusSeconds(59))).hasSize(2);
        assertThat(decisions.effective(NOON.plusSeconds(60))).hasSize(1);
        assertThat(decisions.nextCheck(NOON.plusSeconds(60))).contains(NOON.plusSeconds(90));
        assertThat(decisions.nextCheck(NOON.plusSeconds(90))).isEmpty();
    }

    @Test
    void the_end_of_access_that_is_granted_is_not_the_end_of_the_decision() {
        var grant = TestDecisions.decision("g1", DecisionKind.GRANT)
                .setTarget(DecisionTarget.SUBJECT)
                .setUntil(NOON.minusSeconds(1))
                .build();
        assertThat(effective(grant)).containsExactly("g1");
        assertThat(new Decisions(List.of(grant), ApprovalPolicy.NONE).nextCheck(NOON))
                .isEmpty();
    }

    @Test
    void the_same_id_with_other_content_is_refused_and_a_repetition_is_not() {
        var decisions = new Decisions(List.of(accept("d1").build()), ApprovalPolicy.NONE);
        assertThat(decisions.refusal(accept("d1").build())).isEmpty();
        assertThat(decisions.refusal(accept("d1").setWhy("another").build()))
                .get()
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.EVENT_ID_COLLISION));
    }

    @Test
    void one_too_many_is_refused_and_can_still_be_undone() {
        var full = new Decisions(
                IntStream.range(0, Decisions.DECISIONS_MAX)
                        .mapToObj(number -> accept("d" + number).build())
                        .toList(),
                ApprovalPolicy.NONE);
        assertThat(full.refusal(accept("more").build()))
                .get()
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_DECISIONS));
        assertThat(full.refusal(about("u1", DecisionKind.UNDO, "d1").build())).isEmpty();
        var undone = new Decisions(
                IntStream.range(0, Decisions.ABOUT_DECISIONS_MAX)
                        .mapToObj(number ->
                                about("u" + number, DecisionKind.UNDO, "d1").build())
                        .toList(),
                ApprovalPolicy.NONE);
        assertThat(undone.refusal(about("more", DecisionKind.UNDO, "d1").build()))
                .isPresent();
        assertThat(undone.refusal(accept("d1").build())).isEmpty();
    }

    @Test
    void neither_order_nor_repetition_changes_what_counts() {
        var all = new ArrayList<Decision>();
        for (var i = 0; i < 12; i++) {
            var id = "d" + i;
            all.add(accept(id)
                    .setNeedsApproval(i % 2 == 0)
                    .setAt(NOON.minus(Duration.ofMinutes(i % 4)))
                    .setUntil(i % 5 == 0 ? NOON.minusSeconds(1) : NOON.plusSeconds(i))
                    .build());
            if (i % 3 == 0) {
                all.add(about("u" + i, DecisionKind.UNDO, id).build());
            }
            if (i % 4 == 0) {
                all.add(about("a" + i, DecisionKind.APPROVE, id).setBy("bob").build());
            }
        }
        var expected = new Decisions(all, ApprovalPolicy.NONE).effective(NOON);
        assertThat(expected).hasSizeBetween(2, 10);
        var random = new Random(7);
        for (var round = 0; round < 200; round++) {
            Collections.shuffle(all, random);
            assertThat(new Decisions(all, ApprovalPolicy.NONE).effective(NOON)).isEqualTo(expected);
        }
    }
}
