package ipn.app.explain;

import static ipn.app.explain.Case.SUBJECT;
import static ipn.app.explain.Case.captured;
import static ipn.app.explain.Case.day;
import static ipn.app.explain.Case.fact;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.output.ExplanationText;
import ipn.avro.AccessReason;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.PaymentStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Access that a decision of a person made what it is: the explanation names the decision, and the payment only as what was paid. */
class ExplainedDecisionsTest {
    private static final String PI = "stripe/main/pi_1";
    private static final String EVENT = "stripe/main/evt_1";
    private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");

    private static Case paid() {
        return new Case()
                .payment(
                        PI,
                        captured(PaymentStatus.COMPLETED, 800, 0),
                        fact(FactKind.CAPTURED, "ch_1", EVENT, day(1), 800));
    }

    private static Case ended(AccessReason reason) {
        return paid().event(EntitlementEventType.REVOKED, EntitlementStatus.ENDED, reason, PI, EVENT, day(5))
                .claim(PI, ClaimStatus.PAID, day(1), END, claim -> {});
    }

    private static Case revoked() {
        return ended(AccessReason.REVOKED)
                .claim("decision/d-9", ClaimStatus.ACTIVE, day(5), END, claim -> claim.setKind(ClaimKind.REVOKED));
    }

    @Test
    void a_revocation_decides_and_is_named_with_its_id() {
        var explanation = revoked()
                .decision("d-9", DecisionKind.REVOKE, SUBJECT, decision -> {})
                .explained();

        assertThat(explanation.answer().get(0))
                .endsWith("because mara revoked it (\"asked for it\", decision d-9).")
                .doesNotContain(PI);
        assertThat(explanation.entitlements().get(0).decides()).contains("decision/d-9");
        var text = ExplanationText.lines(explanation);
        assertThat(text).anyMatch(line -> line.startsWith("  decided by decision/d-9, "));
        assertThat(text).anyMatch(line -> line.contains("to undo it: ipn decision undo d-9 --why '...'"));
        assertThat(text.stream().filter(line -> line.contains("<- decides")))
                .allMatch(line -> line.contains("decision/d-9"))
                .hasSize(1);
        assertThat(text).anyMatch(line -> line.startsWith("  d-9: REVOKE by mara"));
    }

    @Test
    void a_revocation_that_was_undone_or_is_about_something_else_is_not_named() {
        var other = revoked()
                .decision("d-7", DecisionKind.REVOKE, SUBJECT, decision -> decision.setEntitlement("promotion"))
                .decision("d-8", DecisionKind.REVOKE, SUBJECT, decision -> {})
                .decision("d-10", DecisionKind.UNDO, SUBJECT, decision -> decision.setOf("d-8"))
                .decision("d-9", DecisionKind.REVOKE, SUBJECT, decision -> decision.setAt(day(6)));

        assertThat(other.explained().answer().get(0)).contains("decision d-9");
    }

    @Test
    void an_undo_says_what_it_does() {
        var text = ExplanationText.lines(revoked()
                .decision("d-8", DecisionKind.REVOKE, SUBJECT, decision -> {})
                .decision("d-10", DecisionKind.UNDO, SUBJECT, decision -> decision.setOf("d-8"))
                .explained());

        assertThat(text)
                .anyMatch(line -> line.startsWith("  d-10: UNDO by mara") && line.endsWith("[undoes that decision]"));
        assertThat(text).noneMatch(line -> line.contains("about another decision"));
    }

    @Test
    void the_user_who_lost_a_purchase_by_a_transfer_sees_the_decision_and_the_new_user() {
        var explanation = ended(AccessReason.WITHDRAWN)
                .claim(
                        "decision/d-9",
                        ClaimStatus.ACTIVE,
                        day(5),
                        END,
                        claim -> claim.setKind(ClaimKind.TRANSFER)
                                .setToSubject("bob")
                                .setPurchases(List.of(PI)))
                .decision("d-9", DecisionKind.TRANSFER, SUBJECT, decision -> decision.setToSubject("bob"))
                .explained();

        assertThat(explanation.answer().get(0))
                .contains("because mara transferred it to bob (\"asked for it\", decision d-9).");
        assertThat(explanation.entitlements().get(0).decides()).contains("decision/d-9");
    }

    @Test
    void the_user_who_got_a_purchase_by_a_transfer_sees_whose_it_was_and_the_decision() {
        var got = paid().event(
                        EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, EVENT, day(5));
        var explanation = got.claim(PI, ClaimStatus.PAID, day(1), END, claim -> claim.setTransferredFrom("bob"))
                .decision("d-9", DecisionKind.TRANSFER, "bob", decision -> decision.setToSubject(SUBJECT))
                .explained();

        assertThat(explanation.answer())
                .containsExactly(
                        "ada has premium until 2026-12-01T10:00:00Z: it is paid for (stripe/main/pi_1); bob had bought it,"
                                + " and mara transferred it to ada (\"asked for it\", decision d-9).");
        assertThat(ExplanationText.lines(explanation))
                .anyMatch(line -> line.contains("to undo it: ipn decision undo d-9 --why '...'"));
    }

    @Test
    void a_purchase_of_the_user_itself_is_not_explained_by_a_transfer_of_another() {
        var explanation = paid().event(
                        EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, EVENT, day(5))
                .claim(PI, ClaimStatus.PAID, day(1), END, claim -> {})
                .decision("d-9", DecisionKind.TRANSFER, "bob", decision -> decision.setToSubject(SUBJECT))
                .explained();

        assertThat(explanation.answer())
                .containsExactly("ada has premium until 2026-12-01T10:00:00Z: it is paid for (stripe/main/pi_1).");
    }

    private static Case subscribed(String key, ClaimStatus status, ClaimStatus period, Instant until) {
        return subscribed(paid(), key, status, period, until);
    }

    private static Case subscribed(Case known, String key, ClaimStatus status, ClaimStatus period, Instant until) {
        return known.claim(
                        key,
                        status,
                        day(1),
                        until,
                        claim -> claim.setKind(ClaimKind.SUBSCRIPTION).setSubscription(key))
                .claim(key + " in_1", period, day(1), until, claim -> claim.setSubscription(key));
    }

    @Test
    void who_has_an_extension_and_pays_as_well_sees_both() {
        var end = Instant.parse("2026-12-25T10:00:00Z");
        var explanation = subscribed("stripe/main/sub_1", ClaimStatus.ACTIVE, ClaimStatus.PAID, END)
                .event(
                        EntitlementEventType.EXTENDED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.GRANTED,
                        "decision/d-9",
                        EVENT,
                        day(5),
                        event -> event.setUntil(end))
                .decision("d-9", DecisionKind.EXTEND, SUBJECT, decision -> {})
                .explained();

        assertThat(explanation.answer())
                .containsExactly(
                        "ada has premium until 2026-12-25T10:00:00Z: mara extended it without money (\"asked for it\", decision"
                                + " d-9). Beside that there is: stripe/main/sub_1 ACTIVE, paid until 2026-12-01T10:00:00Z, renews.");
    }

    @Test
    void several_subscriptions_of_one_entitlement_are_all_named_with_whether_they_renew() {
        var explanation = subscribed(
                        subscribed("stripe/main/sub_1", ClaimStatus.CANCELED, ClaimStatus.REFUNDED, END),
                        "apple/main/100",
                        ClaimStatus.ACTIVE,
                        ClaimStatus.PAID,
                        END)
                .event(EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, EVENT, day(1))
                .explained();

        assertThat(explanation.answer())
                .containsExactly(
                        "ada has premium until 2026-12-01T10:00:00Z: it is paid for (stripe/main/pi_1). Its subscriptions:"
                                + " apple/main/100 ACTIVE, paid until 2026-12-01T10:00:00Z, renews;"
                                + " stripe/main/sub_1 CANCELED, its newest period is REFUNDED, does not renew.");
    }

    @Test
    void the_only_subscription_is_said_to_renew_or_not() {
        var renews = subscribed("stripe/main/sub_1", ClaimStatus.ACTIVE, ClaimStatus.PAID, END)
                .event(EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, EVENT, day(1));
        assertThat(renews.explained().answer().get(0)).endsWith("it is paid for (stripe/main/pi_1). It renews.");
        var canceled = paid().claim(
                        "stripe/main/sub_1",
                        ClaimStatus.ACTIVE,
                        day(1),
                        END,
                        claim -> claim.setKind(ClaimKind.SUBSCRIPTION).setCancelScheduled(true))
                .event(EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, EVENT, day(1));
        assertThat(canceled.explained().answer().get(0)).endsWith(" It does not renew.");
    }

    @Test
    void an_order_whose_missing_payment_was_dismissed_is_not_said_to_wait_and_names_the_decision() {
        var explanation = new Case()
                .order("o_1", 7900, "premium")
                .decision(
                        "d-9",
                        DecisionKind.DISMISS,
                        "o_1",
                        decision -> decision.setTarget(DecisionTarget.ORDER).setDiscrepancy("MISSING/order/o_1"))
                .explained();

        assertThat(explanation.orders().get(0).matching()).isEqualTo("MISSING");
        assertThat(explanation.answer()).noneMatch(sentence -> sentence.contains("has not been paid yet"));
        assertThat(ExplanationText.lines(explanation))
                .anyMatch(line -> line.matches(" +dismissed by mara .*: asked for it \\(decision d-9\\)"));
    }

    @Test
    void a_link_is_printed_once_and_a_fact_without_a_text_has_no_gap() {
        var link = FactRow.newBuilder(fact(FactKind.LINK, "PAYS stripe/main/in_1", EVENT, day(1), 0))
                .setAmount(null)
                .setStatus("PAYS")
                .setTarget("stripe/main/in_1")
                .build();
        var pending = FactRow.newBuilder(fact(FactKind.ATTEMPT, "PENDING", EVENT, day(1), 0))
                .setAmount(null)
                .setText("")
                .build();
        var text = ExplanationText.lines(
                new Case().payment(PI, state -> {}, link, pending).explained());

        assertThat(text)
                .anyMatch(line -> line.strip().startsWith("link PAYS stripe/main/in_1, from event "))
                .anyMatch(line -> line.strip().startsWith("attempt PENDING, from event "));
    }
}
