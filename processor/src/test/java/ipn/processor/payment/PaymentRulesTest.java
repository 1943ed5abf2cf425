package ipn.processor.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DisputeStatus;
import ipn.avro.FactKind;
import ipn.avro.PaymentStatus;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.FactLengths;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentRulesTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private Payment payment = Payment.NOTHING;

    @Test
    void
            a_new_fact_is_applied_its_redelivery_a_duplicate_and_the_same_fact_by_another_event_at_the_same_time_moves_only_the_version() {
        assertThat(hear("evt_1", NOON, captured(2500))).isInstanceOf(Decision.Applied.class);
        assertThat(hear("evt_1", NOON, captured(2500))).isInstanceOf(Decision.Duplicate.class);
        assertThat(hear("evt_0", NOON, captured(2500)))
                .as("older by its key: nothing new")
                .isInstanceOf(Decision.Unchanged.class);
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.COMPLETED);
    }

    @Test
    void a_late_failed_never_undoes_a_paid_payment() {
        hear("evt_2", NOON.plusSeconds(5), captured(2500));
        hear("evt_1", NOON, failed());
        hear("evt_3", NOON.plusSeconds(9), failed());
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.COMPLETED);
    }

    @Test
    void a_failed_attempt_may_be_followed_by_a_good_one() {
        hear("evt_1", NOON, failed());
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.FAILED);
        hear("evt_2", NOON.plusSeconds(60), captured(2500));
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.COMPLETED);
    }

    @Test
    void nothing_heard_is_unknown_and_not_failed() {
        hear("evt_1", NOON, new Fact.Reference(Fact.ReferenceName.ORDER, "ord_1"));
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.UNKNOWN);
    }

    @Nested
    class Refunds {
        @Test
        void may_arrive_before_the_capture() {
            hear("evt_2", NOON.plusSeconds(60), refund("re_1", 2500, RefundStatus.SUCCEEDED));
            assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.UNKNOWN);
            hear("evt_1", NOON, captured(2500));
            assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.REFUNDED);
        }

        @Test
        void told_one_by_one_and_as_a_running_total_count_once() {
            hear("evt_1", NOON, captured(2500));
            hear("evt_2", NOON.plusSeconds(1), refund("re_1", 1000, RefundStatus.SUCCEEDED));
            hear("evt_3", NOON.plusSeconds(1), new Fact.RefundTotal("pi_1", usd(1000)));
            assertThat(refunded()).isEqualTo(1000);
            assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        }

        @Test
        void that_fail_are_taken_back_out_of_the_sum_in_any_order() {
            hear("evt_1", NOON, captured(2500));
            hear("evt_4", NOON.plusSeconds(90), refund("re_1", 1000, RefundStatus.FAILED));
            hear("evt_3", NOON.plusSeconds(1), new Fact.RefundTotal("pi_1", usd(1500)));
            hear("evt_2", NOON.plusSeconds(1), refund("re_1", 1000, RefundStatus.SUCCEEDED));
            hear("evt_5", NOON.plusSeconds(1), refund("re_2", 500, RefundStatus.SUCCEEDED));
            assertThat(refunded()).isEqualTo(500);
        }

        private long refunded() {
            return Totals.of(payment).get("USD").refunded();
        }
    }

    @Test
    void the_same_event_key_with_another_story_is_an_incident_and_the_first_one_stands() {
        hear("evt_1", NOON, captured(2500));
        var before = payment;
        var decision = hear("evt_1", NOON, captured(9900));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Unprocessable.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.EVENT_ID_COLLISION));
        assertThat(payment).isEqualTo(before);
    }

    @Test
    void a_refused_translation_changes_nothing_and_keeps_its_reason() {
        var decision = PaymentRules.decide(
                item("evt_1"),
                new Translation.Refused(Reason.INVALID_AMOUNT, "/data/object/amount: negative"),
                payment);
        assertThat(decision)
                .isEqualTo(new Decision.Unprocessable(
                        item("evt_1"), Reason.INVALID_AMOUNT, "/data/object/amount: negative"));
    }

    @Test
    void a_refund_in_another_currency_gives_nothing_of_this_one_back() {
        hear("evt_1", NOON, captured(2500));
        hear("evt_2", NOON, new Fact.Refund("re_1", new Money(2500, "JPY"), RefundStatus.SUCCEEDED));
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.COMPLETED);
    }

    @Test
    void an_ignored_type_changes_nothing() {
        assertThat(PaymentRules.decide(item("evt_1"), new Translation.Ignored("customer.created"), payment))
                .isEqualTo(new Decision.Ignored(item("evt_1")));
    }

    @Test
    void a_payment_has_room_for_a_thousand_facts_and_no_more() {
        var thousand = IntStream.range(0, 1000)
                .mapToObj(i -> refund("re_" + i, 1, RefundStatus.SUCCEEDED))
                .toArray(Fact[]::new);
        assertThat(hear("evt_1", NOON, thousand)).isInstanceOf(Decision.Applied.class);
        assertThat(hear("evt_2", NOON, refund("re_one_too_many", 1, RefundStatus.SUCCEEDED)))
                .isInstanceOfSatisfying(
                        Decision.Unprocessable.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_FACTS));
    }

    @Test
    void money_that_goes_back_has_room_however_many_other_facts_there_are() {
        var thousand = IntStream.range(0, PaymentRules.FACTS_MAX)
                .mapToObj(i -> new Fact.Captured("ch_" + i, usd(1), Optional.empty()))
                .toArray(Fact[]::new);
        assertThat(hear("evt_1", NOON, thousand)).isInstanceOf(Decision.Applied.class);
        assertThat(hear("evt_2", NOON, captured(2500))).isInstanceOf(Decision.Unprocessable.class);
        assertThat(hear("evt_3", NOON, refund("re_1", 1, RefundStatus.SUCCEEDED)))
                .isInstanceOf(Decision.Applied.class);
        assertThat(hear("evt_4", NOON, new Fact.Dispute("dp_1", Optional.empty(), Fact.DisputeStatus.LOST, "")))
                .isInstanceOf(Decision.Applied.class);
    }

    @Test
    void money_has_room_however_many_facts_there_are_that_prove_none() {
        var thousand = IntStream.range(0, PaymentRules.FACTS_MAX)
                .mapToObj(i -> new Fact.Link(Fact.LinkKind.PAYS, "stripe/main/in_" + i))
                .toArray(Fact[]::new);
        assertThat(hear("evt_1", NOON, thousand)).isInstanceOf(Decision.Applied.class);
        assertThat(hear("evt_2", NOON, new Fact.Sku("premium"))).isInstanceOf(Decision.Unprocessable.class);
        assertThat(hear("evt_3", NOON, captured(2500), new Fact.Sku("premium")))
                .isInstanceOfSatisfying(
                        Decision.Applied.class,
                        applied -> assertThat(applied.leftOut()).isEqualTo(1));
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(new PaymentView(payment).all(Fact.Sku.class)).isEmpty();
    }

    @Test
    void a_refund_is_applied_even_where_nothing_else_of_its_notification_fits() {
        var captures = IntStream.range(0, PaymentRules.FACTS_MAX)
                .mapToObj(i -> new Fact.Captured("ch_" + i, usd(1), Optional.empty()))
                .toArray(Fact[]::new);
        hear("evt_1", NOON, captures);
        var decision = hear("evt_2", NOON, captured(2500), refund("re_1", 1, RefundStatus.SUCCEEDED));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Applied.class,
                        applied -> assertThat(applied.leftOut()).isEqualTo(1));
        assertThat(Totals.of(payment).get("USD").refunded()).isEqualTo(1);
    }

    @Test
    void a_refund_is_applied_even_where_its_lines_do_not_fit() {
        var thousand = IntStream.range(0, PaymentRules.FACTS_MAX)
                .mapToObj(i -> new Fact.Link(Fact.LinkKind.PAYS, "stripe/main/in_" + i))
                .toArray(Fact[]::new);
        hear("evt_1", NOON, thousand);
        var lines = new Fact.RefundLines("re_1", List.of(new Fact.RefundLine("pri_1", 1)));
        assertThat(hear("evt_2", NOON, refund("re_1", 1, RefundStatus.SUCCEEDED), lines))
                .isInstanceOfSatisfying(
                        Decision.Applied.class,
                        applied -> assertThat(applied.leftOut()).isEqualTo(1));
        assertThat(Totals.of(payment).get("USD").refunded()).isEqualTo(1);
    }

    @Test
    void lines_of_refunds_are_bounded_by_their_bytes() {
        var lines = IntStream.range(0, Fact.RefundLines.LINES_MAX + 1)
                .mapToObj(i -> new Fact.RefundLine("x".repeat(490) + i, 1))
                .toList();
        var refunds = IntStream.range(0, 20)
                .mapToObj(i -> new Fact.RefundLines("re_" + i, lines))
                .toArray(Fact[]::new);
        assertThat(((Fact.RefundLines) refunds[0]).lines()).hasSize(Fact.RefundLines.LINES_MAX);
        assertThat(hear("evt_1", NOON, refunds)).isInstanceOf(Decision.Unprocessable.class);
        assertThat(hear("evt_2", NOON, Arrays.copyOf(refunds, 10))).isInstanceOf(Decision.Applied.class);
    }

    @Test
    void skus_are_bounded_by_their_bytes() {
        var skus = IntStream.range(0, 500)
                .mapToObj(i -> new Fact.Sku("x".repeat(490) + i))
                .toArray(Fact[]::new);
        assertThat(hear("evt_1", NOON, skus))
                .isInstanceOfSatisfying(
                        Decision.Unprocessable.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_FACTS));
        var fewer = Arrays.copyOf(skus, 150);
        assertThat(hear("evt_2", NOON, fewer)).isInstanceOf(Decision.Applied.class);
    }

    @Test
    void as_many_reversals_as_a_payment_may_have_fit_into_their_bytes_with_the_longest_texts() {
        var id = "x".repeat(FactLengths.ID_MAX - 4);
        var disputes = IntStream.range(0, PaymentRules.FACTS_MAX)
                .mapToObj(i -> new Fact.Dispute(
                        id + (1_000 + i),
                        Optional.empty(),
                        Fact.DisputeStatus.OPEN,
                        "r".repeat(FactLengths.REASON_MAX)))
                .toArray(Fact[]::new);
        assertThat(hear("e".repeat(FactLengths.KEY_MAX - "stripe/main/".length()), NOON, disputes))
                .isInstanceOf(Decision.Applied.class);
    }

    @Test
    void a_text_longer_than_any_gateway_uses_is_refused_and_not_repeated() {
        var sku = "s".repeat(256 * 1024);
        for (var fact : List.of(
                new Fact.Sku(sku),
                new Fact.Reference(Fact.ReferenceName.SUBJECT, sku),
                new Fact.Reference(Fact.ReferenceName.REFERENCE, sku),
                new Fact.Link(Fact.LinkKind.PAYS, sku),
                new Fact.Attempt("at_1", AttemptStatus.FAILED, sku),
                new Fact.RefundLines("re_1", List.of(new Fact.RefundLine(sku, 1))),
                new Fact.Subscription(
                                "sub_1",
                                Fact.SubscriptionStatus.ACTIVE,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty())
                        .withItems(List.of(List.of("price_1", sku))),
                refund(sku, 1, RefundStatus.SUCCEEDED))) {
            assertThat(hear("evt_1", NOON, captured(2500), fact))
                    .isInstanceOfSatisfying(Decision.Unprocessable.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.INVALID_ID);
                        assertThat(refused.detail()).hasSizeLessThan(100);
                    });
        }
        assertThat(payment).isEqualTo(Payment.NOTHING);
    }

    @Test
    void every_kind_of_fact_has_a_bound() {
        for (var kind : FactKind.values()) {
            assertThat(Arrays.stream(FactGroup.values()).filter(group -> group.contains(new FactKey(kind, "id"))))
                    .as("groups of %s", kind)
                    .hasSize(kind == FactKind.UNKNOWN ? 0 : 1);
        }
    }

    @Test
    void of_many_attempts_the_newest_are_kept_whatever_their_order() {
        var attempts = new ArrayList<>(
                IntStream.range(0, Payment.ATTEMPTS_MAX + 40).boxed().toList());
        var ends = new HashSet<Set<FactKey>>();
        for (var seed = 0; seed < 5; seed++) {
            Collections.shuffle(attempts, new Random(seed));
            payment = Payment.NOTHING;
            for (var number : attempts) {
                hear(
                        "evt_" + number,
                        NOON.plusSeconds(number),
                        new Fact.Attempt("at_" + number, AttemptStatus.FAILED, "card_declined"));
            }
            ends.add(payment.facts().keySet());
        }
        assertThat(ends)
                .singleElement()
                .satisfies(kept -> assertThat(kept)
                        .hasSize(Payment.ATTEMPTS_MAX)
                        .contains(new FactKey(FactKind.ATTEMPT, "at_" + (Payment.ATTEMPTS_MAX + 39)))
                        .doesNotContain(new FactKey(FactKind.ATTEMPT, "at_0")));
    }

    @Test
    void a_dispute_is_a_second_dimension_and_the_worst_one_counts() {
        hear("evt_1", NOON, captured(2500), refund("re_1", 1000, RefundStatus.SUCCEEDED));
        hear("evt_2", NOON, new Fact.Dispute("dp_1", Optional.of(usd(1500)), Fact.DisputeStatus.WON, "fraudulent"));
        assertThat(new PaymentView(payment).dispute()).isEqualTo(DisputeStatus.WON);
        hear("evt_3", NOON, new Fact.Dispute("dp_2", Optional.of(usd(1500)), Fact.DisputeStatus.OPEN, "fraudulent"));
        assertThat(new PaymentView(payment).dispute()).isEqualTo(DisputeStatus.OPEN);
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        assertThat(Totals.of(payment).get("USD").disputed()).isEqualTo(1500);
    }

    @Nested
    class A_dispute_that_a_refund_settles {
        private static final Instant OPENED = NOON.plusSeconds(10);

        @Test
        void is_counted_once() {
            hear("evt_1", NOON, captured(2500));
            hear("evt_2", OPENED, dispute(2500, Fact.DisputeStatus.OPEN));
            assertThat(Totals.of(payment).get("USD").disputed()).isEqualTo(2500);
            hear("evt_3", OPENED.plusSeconds(1), refund("re_1", 2500, RefundStatus.SUCCEEDED));
            assertThat(Totals.of(payment).get("USD")).isEqualTo(new Totals(0, 2500, 2500, 0, 0, 0));
            hear("evt_4", OPENED.plusSeconds(2), dispute(2500, Fact.DisputeStatus.LOST));
            assertThat(Totals.of(payment).get("USD")).isEqualTo(new Totals(0, 2500, 2500, 0, 0, 0));
            assertThat(new PaymentView(payment).dispute()).isEqualTo(DisputeStatus.NONE);
        }

        @Test
        void takes_what_the_refund_leaves() {
            hear("evt_1", NOON, captured(2500));
            hear("evt_2", OPENED, dispute(2500, Fact.DisputeStatus.OPEN));
            hear("evt_3", OPENED.plusSeconds(1), refund("re_1", 1000, RefundStatus.SUCCEEDED));
            hear("evt_4", OPENED.plusSeconds(2), dispute(2500, Fact.DisputeStatus.LOST));
            assertThat(Totals.of(payment).get("USD")).isEqualTo(new Totals(0, 2500, 1000, 0, 1500, 0));
            assertThat(new PaymentView(payment).dispute()).isEqualTo(DisputeStatus.LOST);
        }

        @Test
        void is_not_settled_by_an_earlier_refund_but_no_more_than_was_captured_is_lost() {
            hear("evt_1", NOON, captured(2500), refund("re_1", 1000, RefundStatus.SUCCEEDED));
            hear("evt_2", OPENED, dispute(500, Fact.DisputeStatus.LOST));
            assertThat(Totals.of(payment).get("USD").lost()).isEqualTo(500);
            hear("evt_3", OPENED.plusSeconds(1), dispute(2500, Fact.DisputeStatus.LOST));
            assertThat(Totals.of(payment).get("USD").lost()).isEqualTo(1500);
        }

        @Test
        void without_an_amount_is_settled_by_the_refund_total_of_its_capture() {
            hear("evt_1", NOON, captured(2500), new Fact.Captured("pi_2", usd(2500), Optional.empty()));
            hear("evt_2", OPENED, new Fact.Dispute("pi_1", Optional.empty(), Fact.DisputeStatus.LOST, "voided", true));
            assertThat(Totals.of(payment).get("USD").lost()).isEqualTo(2500);
            hear("evt_3", OPENED, new Fact.RefundTotal("pi_1", usd(2500)));
            assertThat(Totals.of(payment).get("USD")).isEqualTo(new Totals(0, 5000, 2500, 0, 0, 0));
        }

        @Test
        void is_lost_again_where_the_refund_fails() {
            hear("evt_1", NOON, captured(2500));
            hear("evt_2", OPENED, dispute(2500, Fact.DisputeStatus.LOST));
            hear("evt_3", OPENED.plusSeconds(1), refund("re_1", 2500, RefundStatus.SUCCEEDED));
            hear("evt_4", OPENED.plusSeconds(2), refund("re_1", 2500, RefundStatus.FAILED));
            assertThat(Totals.of(payment).get("USD").lost()).isEqualTo(2500);
        }

        private Fact dispute(long amount, Fact.DisputeStatus status) {
            return new Fact.Dispute("pi_1", Optional.of(usd(amount)), status, "fraudulent", true);
        }
    }

    @Test
    void money_that_was_refunded_and_then_lost_to_a_dispute_is_lost_twice_where_a_refund_does_not_settle_it() {
        hear("evt_1", NOON, captured(2500), refund("re_1", 2500, RefundStatus.SUCCEEDED));
        hear("evt_2", NOON, new Fact.Dispute("dp_1", Optional.of(usd(2500)), Fact.DisputeStatus.LOST, "fraudulent"));
        assertThat(Totals.of(payment).get("USD")).isEqualTo(new Totals(0, 2500, 2500, 0, 2500, 0));
    }

    @Test
    void an_authorization_outranks_an_abandoned_offer_and_not_an_expired_authorization() {
        hear("evt_1", NOON, new Fact.Attempt("pi_1", AttemptStatus.ABANDONED, ""));
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.EXPIRED);
        hear("evt_2", NOON, new Fact.Authorized("pi_1", usd(2500)));
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.AUTHORIZED);
        hear("evt_3", NOON.plusSeconds(1), new Fact.Attempt("pi_1", AttemptStatus.EXPIRED, ""));
        assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.EXPIRED);
    }

    @Test
    void a_dispute_without_an_amount_is_about_all_that_was_not_refunded() {
        hear("evt_1", NOON, captured(2500), refund("re_1", 1000, RefundStatus.SUCCEEDED));
        hear("evt_2", NOON, new Fact.Dispute("dp_1", Optional.empty(), Fact.DisputeStatus.OPEN, "fraudulent"));
        assertThat(Totals.of(payment).get("USD").disputed()).isEqualTo(1500);
        hear("evt_3", NOON.plusSeconds(1), new Fact.Dispute("dp_1", Optional.empty(), Fact.DisputeStatus.INQUIRY, ""));
        assertThat(Totals.of(payment).get("USD").disputed()).isZero();
    }

    private Decision hear(String event, Instant at, Fact... facts) {
        var amount = Arrays.stream(facts)
                .filter(Fact.Captured.class::isInstance)
                .map(fact -> ((Fact.Captured) fact).amount())
                .findFirst();
        var notification = new Notification("some.type", at, 0, amount, List.of(facts));
        var decision = PaymentRules.decide(item(event), new Translation.Understood(notification), payment);
        payment = decision.payment().orElse(payment);
        return decision;
    }

    private static Item item(String event) {
        return new Item(0, "stripe/main/pi_1", "stripe/main/" + event, "some.type");
    }

    private static Fact captured(long amount) {
        return new Fact.Captured("pi_1", usd(amount), Optional.empty());
    }

    private static Fact failed() {
        return new Fact.Attempt("pi_1", AttemptStatus.FAILED, "card_declined");
    }

    private static Fact refund(String id, long amount, RefundStatus status) {
        return new Fact.Refund(id, usd(amount), status);
    }

    private static Money usd(long amount) {
        return new Money(amount, "USD");
    }
}
