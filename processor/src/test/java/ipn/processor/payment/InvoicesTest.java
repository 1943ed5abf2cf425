package ipn.processor.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.PaymentStatus;
import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoicesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String KEY = "apple/main/t_0";
    private Payment payment = Payment.NOTHING;
    private int events;

    @Nested
    class One_bill_alone {
        @Test
        void has_all_that_is_told_against_the_key_whatever_its_ids() {
            hear(0, invoice("in_1", 0, InvoiceStatus.PAID), captured("ch_1"));
            hear(1, new Fact.RefundTotal("ch_1", usd(500)), new Fact.FraudFlag("prv_1", true, "stolen_card"));
            hear(2, new Fact.Dispute("dp_1", Optional.of(usd(800)), DisputeStatus.OPEN, "fraudulent"));
            var only = new Invoices(payment).get("in_1");
            assertThat(only.refunded()).isEqualTo(500);
            assertThat(only.reversals().refundedAt()).contains(day(1));
            assertThat(only.reversals().dispute()).isEqualTo(ipn.avro.DisputeStatus.OPEN);
            assertThat(only.reversals().fraudFlagged()).isTrue();
            assertThat(only.reversals().disputedAt()).contains(day(2));
        }

        @Test
        void has_the_running_totals_of_all_captures_known() {
            hear(0, invoice("t_0", 0, InvoiceStatus.PAID), captured("t_0"), captured("ch_1"));
            hear(1, new Fact.RefundTotal("t_0", usd(300)), new Fact.RefundTotal("ch_1", usd(500)));
            assertThat(refunds()).isEqualTo(Map.of("t_0", 800L));
        }

        @Test
        void has_them_also_before_it_is_paid() {
            hear(0, invoice("in_1", 0, InvoiceStatus.OPEN), refund("re_1", 800, RefundStatus.SUCCEEDED));
            assertThat(refunds()).isEqualTo(Map.of("in_1", 800L));
        }
    }

    @Nested
    class Of_several_bills {
        @Test
        void the_one_whose_id_a_refund_a_dispute_or_a_flag_bears_has_it() {
            renew(0, 1, 2, 3);
            hear(95, new Fact.RefundTotal("t_1", usd(800)), refund("t_0", 300, RefundStatus.SUCCEEDED));
            hear(96, new Fact.Dispute("t_2", Optional.empty(), DisputeStatus.LOST, "fraudulent"));
            hear(97, new Fact.FraudFlag("t_3", true, "stolen_card"));
            assertThat(refunds()).isEqualTo(Map.of("t_0", 300L, "t_1", 800L, "t_2", 0L, "t_3", 0L));
            assertThat(all(billed -> billed.reversals().dispute()))
                    .isEqualTo(Map.of(
                            "t_0",
                            ipn.avro.DisputeStatus.NONE,
                            "t_1",
                            ipn.avro.DisputeStatus.NONE,
                            "t_2",
                            ipn.avro.DisputeStatus.LOST,
                            "t_3",
                            ipn.avro.DisputeStatus.NONE));
            assertThat(all(billed -> billed.reversals().fraudFlagged()))
                    .isEqualTo(Map.of("t_0", false, "t_1", false, "t_2", false, "t_3", true));
        }

        @Test
        void none_has_the_running_total_of_a_capture_still_to_come() {
            renew(0, 1);
            hear(95, new Fact.RefundTotal("t_2", usd(800)));
            assertThat(refunds()).isEqualTo(Map.of("t_0", 0L, "t_1", 0L));
            renew(2);
            assertThat(refunds()).isEqualTo(Map.of("t_0", 0L, "t_1", 0L, "t_2", 800L));
        }

        @ParameterizedTest
        @CsvSource({"-5, t_0", "0, t_0", "29, t_0", "30, t_1", "59, t_1", "200, t_2"})
        void the_paid_one_that_began_last_has_a_refund_with_an_id_of_its_own(int day, String owner) {
            renew(0, 1, 2);
            hear(61, invoice("t_3", 3, InvoiceStatus.FAILED));
            hear(day, refund("re_1", 800, RefundStatus.SUCCEEDED));
            assertThat(refunds().entrySet().stream()
                            .filter(invoice -> invoice.getValue() > 0)
                            .map(Map.Entry::getKey))
                    .containsExactly(owner);
        }

        @Test
        void each_takes_a_refund_that_failed_out_of_its_own_sum_only() {
            renew(0, 1);
            hear(40, refund("t_0", 800, RefundStatus.SUCCEEDED), refund("t_1", 800, RefundStatus.SUCCEEDED));
            hear(41, refund("t_1", 800, RefundStatus.FAILED));
            assertThat(refunds()).isEqualTo(Map.of("t_0", 800L, "t_1", 0L));
        }

        @Test
        void cash_is_the_sum_of_all_captures_and_counted_once() {
            renew(0, 1, 2);
            renew(1);
            hear(95, new Fact.RefundTotal("t_1", usd(800)));
            assertThat(Totals.of(payment)).isEqualTo(Map.of("USD", new Totals(0, 2400, 800, 0, 0, 0)));
            assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        }
    }

    @Nested
    class Of_a_refund_that_names_lines {
        @Test
        void the_lines_count_for_the_invoice_of_the_refund_whichever_comes_first() {
            hear(0, lines("re_1", line("pri_a", 300), line("pri_b", 100)));
            sell("in_1", 0, 800, "pri_a", "pri_b");
            assertThat(lines()).isEqualTo(Map.of("in_1", Map.of()));
            hear(2, refund("re_1", 500, RefundStatus.SUCCEEDED));
            assertThat(lines()).isEqualTo(Map.of("in_1", Map.of("pri_a", 300L, "pri_b", 100L)));
            assertThat(refunds()).isEqualTo(Map.of("in_1", 500L));
        }

        @Test
        void a_later_event_that_reports_only_the_refund_does_not_deny_them() {
            sell("in_1", 0, 800, "pri_a", "pri_b");
            hear(1, refund("re_1", 500, RefundStatus.PENDING), lines("re_1", line("pri_a", 500)));
            hear(2, refund("re_1", 500, RefundStatus.SUCCEEDED));
            assertThat(lines()).isEqualTo(Map.of("in_1", Map.of("pri_a", 500L)));
        }

        @Test
        void each_line_was_refunded_when_its_newest_refund_was_made() {
            sell("in_1", 0, 800, "pri_a", "pri_b");
            hear(3, refund("re_1", 100, RefundStatus.SUCCEEDED), lines("re_1", line("pri_a", 100)));
            hear(2, refund("re_2", 100, RefundStatus.SUCCEEDED), lines("re_2", line("pri_a", 100)));
            hear(5, refund("re_5", 100, RefundStatus.SUCCEEDED), lines("re_5", line("pri_b", 100)));
            var lines = new Invoices(payment).get("in_1").refundedLines();
            assertThat(lines.get("pri_a").at()).isEqualTo(day(3));
            assertThat(lines.get("pri_b").at()).isEqualTo(day(5));
        }

        @Test
        void those_of_several_refunds_add_up_and_each_invoice_has_its_own() {
            sell("in_1", 0, 800, "pri_a");
            sell("in_2", 1, 800, "pri_a");
            hear(10, refund("re_1", 200, RefundStatus.SUCCEEDED), lines("re_1", line("pri_a", 200)));
            hear(40, refund("re_2", 300, RefundStatus.SUCCEEDED), lines("re_2", line("pri_a", 300)));
            hear(50, refund("re_3", 100, RefundStatus.SUCCEEDED), lines("re_3", line("pri_a", 50), line("pri_a", 40)));
            assertThat(lines()).isEqualTo(Map.of("in_1", Map.of("pri_a", 200L), "in_2", Map.of("pri_a", 390L)));
        }

        @ParameterizedTest
        @CsvSource({
            "500, USD, FAILED,    pri_a, 500",
            "500, USD, CANCELED,  pri_a, 500",
            "499, USD, SUCCEEDED, pri_a, 500",
            "500, EUR, SUCCEEDED, pri_a, 500",
            "500, USD, SUCCEEDED, pri_c, 500"
        })
        void none_counts_of_a_refund_that_failed_or_is_smaller_or_in_another_currency_and_none_that_was_not_sold(
                long amount, String currency, RefundStatus status, String sku, long ofLine) {
            sell("in_1", 0, 800, "pri_a", "pri_b");
            hear(1, new Fact.Refund("re_1", new Money(amount, currency), status), lines("re_1", line(sku, ofLine)));
            assertThat(lines()).isEqualTo(Map.of("in_1", Map.of()));
        }

        private Map<String, Map<String, Long>> lines() {
            return all(each -> each.refundedLines().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, line -> line.getValue().amount())));
        }

        private Fact lines(String refund, Fact.RefundLine... lines) {
            return new Fact.RefundLines(refund, List.of(lines));
        }

        private Fact.RefundLine line(String sku, long amount) {
            return new Fact.RefundLine(sku, amount);
        }

        private void sell(String id, int period, long paid, String... skus) {
            var lines = Stream.of(skus)
                    .map(sku -> Fact.Line.of(List.of(sku), 1, paid / skus.length))
                    .toList();
            var sold = (Fact.Invoice) invoice(id, period, InvoiceStatus.PAID);
            hear(period * 30, captured(id), sold.with(new Fact.Breakdown(InvoiceReason.OTHER, 0, 0, 0, lines)));
        }
    }

    @Nested
    class A_refund_in_full_without_an_amount {
        @Test
        void is_all_that_was_captured_whichever_comes_first() {
            hear(1, Fact.Refund.inFull("re_1", RefundStatus.SUCCEEDED));
            assertThat(Totals.of(payment)).isEmpty();
            hear(0, captured("ch_1"));
            assertThat(refunded()).isEqualTo(800);
            hear(2, refund("re_2", 300, RefundStatus.SUCCEEDED));
            assertThat(refunded())
                    .as("a part that was refunded before is not refunded again")
                    .isEqualTo(800);
            assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.REFUNDED);
        }

        @Test
        void is_of_the_capture_and_the_invoice_with_its_id() {
            renew(0, 1, 2);
            hear(40, Fact.Refund.inFull("t_1", RefundStatus.SUCCEEDED));
            assertThat(refunds()).isEqualTo(Map.of("t_0", 0L, "t_1", 800L, "t_2", 0L));
            assertThat(all(Invoices.ReversibleInvoice::isFullyRefunded))
                    .isEqualTo(Map.of("t_0", false, "t_1", true, "t_2", false));
            assertThat(refunded()).isEqualTo(800);
        }

        @Test
        void is_of_an_invoice_without_an_amount_and_of_no_other() {
            renew(0);
            hear(30, unpriced("t_1", 1));
            hear(40, Fact.Refund.inFull("t_1", RefundStatus.SUCCEEDED));
            assertThat(refunds()).isEqualTo(Map.of("t_0", 0L, "t_1", 0L));
            assertThat(all(Invoices.ReversibleInvoice::isFullyRefunded)).isEqualTo(Map.of("t_0", false, "t_1", true));
            assertThat(refunded()).isZero();
        }

        @Test
        void makes_a_payment_refunded_of_which_no_amount_is_known() {
            hear(0, unpriced("t_1", 0));
            assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.COMPLETED);
            hear(1, Fact.Refund.inFull("t_1", RefundStatus.SUCCEEDED));
            assertThat(PaymentStatusRule.derive(payment)).isEqualTo(PaymentStatus.REFUNDED);
        }

        @Test
        void counts_for_nothing_once_it_is_reversed() {
            renew(0);
            hear(1, Fact.Refund.inFull("t_0", RefundStatus.SUCCEEDED));
            hear(2, Fact.Refund.inFull("t_0", RefundStatus.CANCELED));
            assertThat(refunds()).isEqualTo(Map.of("t_0", 0L));
            assertThat(all(Invoices.ReversibleInvoice::isFullyRefunded)).isEqualTo(Map.of("t_0", false));
            assertThat(refunded()).isZero();
        }

        @Test
        void settles_the_whole_of_a_dispute_that_a_refund_settles() {
            hear(1, new Fact.Dispute("dp_1", Optional.of(usd(800)), DisputeStatus.OPEN, "fraudulent", true));
            hear(2, Fact.Refund.inFull("t_0", RefundStatus.SUCCEEDED));
            assertThat(new PaymentView(payment).dispute()).isEqualTo(ipn.avro.DisputeStatus.NONE);
            renew(0);
            assertThat(Totals.of(payment)).isEqualTo(Map.of("USD", new Totals(0, 800, 800, 0, 0, 0)));
        }

        private long refunded() {
            return Totals.of(payment).getOrDefault("USD", Totals.ZERO).refunded();
        }

        private Fact unpriced(String id, int period) {
            var line = Fact.Line.of(List.of("premium"), 1, 0);
            var nothing = new Money(0, "XXX");
            var from = Optional.of(day(period * 30));
            var until = Optional.of(day(period * 30 + 30));
            return new Fact.Invoice(id, InvoiceStatus.PAID, Optional.of(KEY), nothing, nothing, from, until)
                    .with(new Fact.Breakdown(InvoiceReason.UNPRICED, 0, 0, 0, List.of(line)));
        }
    }

    @Nested
    class There_is_a_bound {
        @Test
        void of_bills_told_and_those_that_end_last_stay() {
            for (var period = 200; period >= 0; period--) {
                renew(period);
            }
            assertThat(new Invoices(payment)
                            .endingLast().stream().map(each -> each.invoice().id()))
                    .hasSize(Invoices.INVOICES_MAX)
                    .startsWith("t_" + (201 - Invoices.INVOICES_MAX))
                    .endsWith("t_200");
        }

        @ParameterizedTest(name = "{0} renewals")
        @CsvSource({"120, 10 years of months", "260, 5 years of weeks"})
        void of_facts_that_long_subscriptions_stay_below_even_if_every_renewal_is_refunded(int renewals) {
            for (var period = 0; period < renewals; period++) {
                renew(period);
                var total = new Fact.RefundTotal("t_" + period, usd(100));
                assertThat(hear(period * 30, total, subscription())).isInstanceOf(Decision.Applied.class);
            }
            assertThat(payment.facts()).hasSize(3 * renewals + 1).hasSizeLessThan(PaymentRules.FACTS_MAX);
        }
    }

    private void renew(int... periods) {
        for (var period : periods) {
            hear(period * 30, captured("t_" + period), invoice("t_" + period, period, InvoiceStatus.PAID));
        }
    }

    private Decision hear(int day, Fact... facts) {
        var event = "apple/main/evt_" + events++;
        var notification = new Notification("some.type", day(day), 0, Optional.empty(), List.of(facts));
        var item = new Item(0, KEY, event, "some.type");
        var decision = PaymentRules.decide(item, new Translation.Understood(notification), payment);
        payment = decision.payment().orElse(payment);
        return decision;
    }

    private Map<String, Long> refunds() {
        return all(Invoices.ReversibleInvoice::refunded);
    }

    private <T> Map<String, T> all(Function<Invoices.ReversibleInvoice, T> read) {
        return new Invoices(payment)
                .endingLast().stream()
                        .collect(Collectors.toMap(each -> each.invoice().id(), read));
    }

    private static Fact invoice(String id, int period, InvoiceStatus status) {
        var paid = usd(status == InvoiceStatus.PAID ? 800 : 0);
        var from = Optional.of(day(period * 30));
        var until = Optional.of(day(period * 30 + 30));
        return new Fact.Invoice(id, status, Optional.of(KEY), usd(800), paid, from, until);
    }

    private static Fact subscription() {
        var never = Optional.<Instant>empty();
        return new Fact.Subscription("t_0", SubscriptionStatus.ACTIVE, never, never, false, never);
    }

    private static Fact captured(String id) {
        return new Fact.Captured(id, usd(800), Optional.empty());
    }

    private static Fact refund(String id, long amount, RefundStatus status) {
        return new Fact.Refund(id, usd(amount), status);
    }

    private static Instant day(int number) {
        return START.plus(Duration.ofDays(number));
    }

    private static Money usd(long amount) {
        return new Money(amount, "USD");
    }
}
