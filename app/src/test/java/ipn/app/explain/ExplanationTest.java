package ipn.app.explain;

import static ipn.app.explain.Case.NOW;
import static ipn.app.explain.Case.SUBJECT;
import static ipn.app.explain.Case.captured;
import static ipn.app.explain.Case.day;
import static ipn.app.explain.Case.fact;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.output.ExplanationText;
import ipn.app.output.JsonView;
import ipn.avro.AccessReason;
import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.FactKind;
import ipn.avro.PaymentStatus;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.evidence.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
    private static final String PI = "stripe/main/pi_1";
    private static final String E1 = "stripe/main/evt_1";
    private static final String E2 = "stripe/main/evt_2";

    static Stream<String> cases() {
        return Cases.all().keySet().stream();
    }

    /** The files are what people read: change them as you would change a text. */
    @ParameterizedTest
    @MethodSource("cases")
    void the_text_of_an_explanation_is_that_of_its_file(String name) throws IOException {
        var explanation = Cases.all().get(name).get().explained();
        assertThat(String.join("\n", ExplanationText.lines(explanation)) + "\n").isEqualTo(written(name));
        assertThat(explanation.complete()).isTrue();
    }

    private static String written(String name) throws IOException {
        try (var file = ExplanationTest.class.getResourceAsStream("/ipn/app/explain/" + name + ".txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_record_that_was_deleted_is_named_as_missing() {
        var explanation = Cases.refunded().deleted(E1).explained();
        assertThat(explanation.complete()).isFalse();
        assertThat(explanation.missing())
                .containsExactly(PI + ": event " + E1
                        + " carried CAPTURED ch_1, and its raw record no longer exists at ipn.raw-3@0");
    }

    @Test
    void a_cause_that_was_deleted_is_named_as_missing() {
        assertThat(Cases.refunded().deleted(E2).explained().missing())
                .contains("ada/premium//2: the raw record of its cause " + E2 + " no longer exists at ipn.raw-3@1");
    }

    @Test
    void an_order_that_is_named_and_not_known_is_named_as_missing() {
        var story = grantedByPaymentOf("o_9", event -> {});
        assertThat(story.explained().missing())
                .containsExactly("ada/premium//1: order o_9 is not an order of the subject any more"
                        + " (deleted, or of another subject)");
    }

    @Test
    void an_accepted_payment_of_an_order_that_never_was_lacks_no_evidence() {
        var accepted = grantedByPaymentOf("o_9", event -> event.setDiscrepancy(DiscrepancyKind.UNKNOWN_ORDER));
        assertThat(accepted.explained().missing()).isEmpty();
        assertThat(accepted.explained().complete()).isTrue();
    }

    /** Access because of a payment that names an order, without that order. */
    private static Case grantedByPaymentOf(String order, Consumer<EntitlementEvent.Builder> more) {
        return new Case()
                .payment(
                        PI, captured(PaymentStatus.COMPLETED, 800, 0), fact(FactKind.CAPTURED, "ch_1", E1, day(1), 800))
                .event(
                        EntitlementEventType.GRANTED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        PI,
                        E1,
                        day(1),
                        event -> more.accept(event.setOrder(order)));
    }

    @Test
    void a_past_time_is_answered_with_what_held_then() {
        var then = Cases.refunded().explained(new Question(SUBJECT, Optional.empty(), day(3), true));
        assertThat(then.answer())
                .containsExactly("ada had premium until 2026-12-01T10:00:00Z: it is paid for (stripe/main/pi_1).");
        assertThat(then.entitlements().get(0).history()).hasSize(1);
    }

    @Test
    void before_the_first_change_nothing_held() {
        var then = Cases.refunded().explained(new Question(SUBJECT, Optional.empty(), day(1).minusSeconds(1), true));
        assertThat(then.answer().get(0)).isEqualTo("ada did not have any entitlement.");
        assertThat(then.notes()).isEmpty();
    }

    @Test
    void what_held_before_the_oldest_change_that_is_kept_is_not_known() {
        var story = Cases.activeByOnePayment()
                .event(
                        EntitlementEventType.EXTENDED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        PI,
                        E2,
                        day(4),
                        event -> event.setRevision(9));
        var kept = new Case()
                .event(
                        EntitlementEventType.EXTENDED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        PI,
                        E2,
                        day(4),
                        event -> event.setRevision(9));
        assertThat(story.explained().entitlements().get(0).olderGone()).isFalse();
        assertThat(kept.explained().entitlements().get(0).olderGone()).isTrue();
        assertThat(kept.explained(new Question(SUBJECT, Optional.empty(), day(2), true))
                        .notes())
                .containsExactly("premium: its status at 2026-11-02T10:00:00Z is not known,"
                        + " because changes before 2026-11-04T10:00:00Z no longer exist");
    }

    @Test
    void a_question_about_one_entitlement_is_answered_with_its_payments_only() {
        var story = Cases.activeByOnePayment()
                .payment(
                        "stripe/main/pi_7",
                        captured(PaymentStatus.COMPLETED, 2500, 0),
                        fact(FactKind.CAPTURED, "ch_7", "stripe/main/evt_7", day(2), 2500))
                .event(
                        EntitlementEventType.GRANTED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        "stripe/main/pi_7",
                        "stripe/main/evt_7",
                        day(2),
                        event -> event.setEntitlement("promotion").setScope("post_7"));
        var premium = story.explained(new Question(SUBJECT, Optional.of("premium"), NOW, false));
        assertThat(premium.payments()).extracting(PaymentHistory::paymentKey).containsExactly("stripe/main/in_1", PI);
        assertThat(premium.entitlements()).hasSize(1);
        var nothing = story.explained(new Question(SUBJECT, Optional.of("gold"), NOW, false));
        assertThat(nothing.answer().get(0)).isEqualTo("ada does not have gold.");
    }

    @Test
    void a_withheld_revocation_is_in_the_answer_beside_what_holds() {
        var story = Cases.activeByOnePayment()
                .withheld(AccessReason.REFUNDED, day(6))
                .explained();
        assertThat(story.answer())
                .contains("A revocation of premium (REFUNDED: the money was refunded) is withheld by the brake since"
                        + " 2026-11-06T10:00:00Z: the entitlement stays as it is until the revocation is released.");
    }

    @Test
    void without_an_entitlement_the_answer_lists_what_prevents_it() {
        var story = new Case()
                .payment(
                        PI,
                        state -> state.setStatus(PaymentStatus.FAILED),
                        fact(FactKind.ATTEMPT, "ch_1", E1, day(1), 800))
                .discrepancy(DiscrepancyKind.WRONG_MODE, "stripe/test/pi_2", null, "live money", "test money", E1)
                .letter(PI, E2)
                .order("o_1", 800, "premium")
                .explained();
        assertThat(story.answer())
                .containsExactly(
                        "ada does not have any entitlement."
                                + " stripe/test/pi_2: it is test money in a live deployment (WRONG_MODE), open since"
                                + " 2026-11-02T10:00:00Z.",
                        "An event of stripe/main/pi_1 could not be processed (MALFORMED): ipn dlq show d-1",
                        "stripe/main/pi_1 is FAILED: no money was taken.",
                        "Order o_1 for premium has not been paid yet.");
    }

    @Test
    void a_user_whose_only_payment_is_a_dead_letter_is_answered_with_the_dead_letter() {
        var unread = new Case().order("o_1", 800, "premium").letter(PI, E1).explained();
        assertThat(unread.answer())
                .containsExactly(
                        "ada does not have any entitlement. An event of stripe/main/pi_1, whose body names the user or an"
                                + " order, could not be processed (MALFORMED): ipn dlq show d-1",
                        "Order o_1 for premium has not been paid yet.");
    }

    @Test
    void the_underpaid_renewal_is_in_the_sentence_that_awaits_it() {
        var renewal = Cases.grace()
                .event(
                        EntitlementEventType.GRACE_STARTED,
                        EntitlementStatus.GRACE,
                        AccessReason.AWAITING_RENEWAL,
                        "stripe/main/in_1",
                        E2,
                        day(15),
                        event -> event.setUntil(day(15)).setGraceUntil(day(22)))
                .discrepancy(DiscrepancyKind.UNDERPAID, "stripe/main/in_2", null, "8.00 USD", "3.00 USD", E2)
                .explained();
        assertThat(renewal.answer())
                .containsExactly("ada has premium in grace until 2026-11-22T10:00:00Z: the renewal is awaited"
                        + " (stripe/main/in_1); it was paid until 2026-11-15T10:00:00Z. stripe/main/in_2: paid 3.00 USD,"
                        + " expected 8.00 USD (UNDERPAID), open since 2026-11-02T10:00:00Z.");
    }

    @Test
    void an_open_problem_is_in_the_answer_beside_what_holds() {
        var paidTwice = Cases.activeByOnePayment()
                .discrepancy(DiscrepancyKind.DUPLICATE_PAYMENT, "stripe/main/pi_2", "o_1", null, null, E2)
                .explained();
        assertThat(paidTwice.answer())
                .containsExactly(
                        "ada has premium until 2026-12-01T10:00:00Z: it is paid for (stripe/main/in_1).",
                        "stripe/main/pi_2: its order is paid already (DUPLICATE_PAYMENT), open since 2026-11-02T10:00:00Z.");
    }

    @Test
    void an_order_without_a_known_problem_is_named_although_no_payment_is_found() {
        var other = Cases.activeByOnePayment().explained(new Question(SUBJECT, Optional.of("gold"), NOW, false));
        assertThat(other.answer())
                .containsExactly(
                        "ada does not have gold.",
                        "No problem is known with these payments and orders: order o_1 (MATCHED).");
    }

    @Test
    void programs_get_the_same_structure() {
        assertThat(JsonView.pretty(Cases.underpaid().explained()))
                .contains(
                        "\"answer\"",
                        "\"payments\"",
                        "\"orders\"",
                        "\"discrepancies\"",
                        "\"verifiedBy\" : \"hmac 1a2b\"",
                        "\"traceId\" : \"" + Case.TRACE_ID + "\"");
    }
}
