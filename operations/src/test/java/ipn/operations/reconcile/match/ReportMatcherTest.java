package ipn.operations.reconcile.match;

import static ipn.operations.reconcile.TestReports.captured;
import static ipn.operations.reconcile.TestReports.dispute;
import static ipn.operations.reconcile.TestReports.payment;
import static ipn.operations.reconcile.TestReports.refund;
import static ipn.operations.reconcile.TestReports.refundTotal;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.FactRow;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.operations.reconcile.report.LineKind;
import ipn.operations.reconcile.report.ParsedLine;
import ipn.operations.reconcile.report.ParsedLine.MoneyLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportMatcherTest {
    private static final String NOON = "2026-09-01T12:00:00Z";
    private static final String NEXT_DAY = "2026-09-02T12:00:00Z";
    private static final String LATER = "2026-10-02T12:00:00Z";

    private final List<Finding> findings = new ArrayList<>();
    private final ReportMatcher matcher = matching(LineChoice.ALL);
    private long lines = 1;

    private ReportMatcher matching(LineChoice choice) {
        return new ReportMatcher(new AccountId("stripe", "main", false), choice, 2, findings::add);
    }

    @Test
    void equal_facts_match() {
        matcher.addState(payment(
                "stripe/main/pi_1",
                captured("pi_1", NOON, 2500, "USD", null),
                refund("re_1", NOON, 500, "USD", "SUCCEEDED")));
        line(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD");
        line(LineKind.REFUND, "pi_1", "re_1", 500, "USD");

        var comparison = matcher.compare();

        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.matched()).isEqualTo(2);
        assertThat(comparison.sums())
                .containsExactly(
                        new Comparison.Sum("MATCHED", "capture", "USD", 1, 2500, 2500),
                        new Comparison.Sum("MATCHED", "refund", "USD", 1, 500, 500));
    }

    @Test
    void facts_that_only_the_report_has_are_missing_here_and_can_be_injected_once() {
        line(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD");
        var first = line(LineKind.CAPTURE, "pi_2", "pi_2", 300, "USD");
        var second = line(LineKind.CAPTURE, "pi_2", "pi_2", 200, "USD");
        var disputed = line(LineKind.DISPUTE, "pi_2", "dp_2", 200, "USD");

        assertThat(found())
                .containsExactly(
                        "MISSING_HERE stripe/main/pi_1 pi_1",
                        "MISSING_HERE stripe/main/pi_2 pi_2",
                        "MISSING_HERE stripe/main/pi_2 dp_2");
        assertThat(matcher.missing(first))
                .hasValueSatisfying(missing -> assertThat(missing.amount()).isEqualTo(500));
        assertThat(matcher.missing(second)).isEmpty();
        assertThat(matcher.missing(disputed)).isEmpty();
    }

    @Test
    void a_fact_whose_reversal_comes_first_in_the_report_can_be_injected() {
        var letGo = line(LineKind.CAPTURE_REVERSAL, "pi_1", "pi_1", 500, "USD");
        var captured = line(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD");
        var cameBack = line(LineKind.REFUND_REVERSAL, "pi_1", "re_1", 100, "USD");
        var refunded = line(LineKind.REFUND, "pi_1", "re_1", 300, "USD");

        assertThat(found()).containsExactly("MISSING_HERE stripe/main/pi_1 pi_1", "MISSING_HERE stripe/main/pi_1 re_1");
        assertThat(findings).extracting(Finding::line).containsExactly(letGo.line(), cameBack.line());
        assertThat(matcher.missing(captured))
                .hasValueSatisfying(missing -> assertThat(missing.amount()).isEqualTo(2000));
        assertThat(matcher.missing(refunded))
                .hasValueSatisfying(missing -> assertThat(missing.amount()).isEqualTo(200));
        assertThat(matcher.missing(letGo)).isEmpty();
        assertThat(matcher.missing(cameBack)).isEmpty();
    }

    @Test
    void facts_that_only_payment_state_has_are_missing_there_within_the_dates_of_the_report() {
        matcher.addState(payment("stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null)));
        matcher.addState(payment("stripe/main/pi_2", captured("pi_2", "2026-09-01T12:00:00.900Z", 100, "USD", null)));
        matcher.addState(payment("stripe/main/pi_3", captured("pi_3", LATER, 100, "USD", null)));
        matcher.addState(payment("stripe/main/pi_4", captured("pi_4", NOON, 0, "USD", null)));
        matcher.addState(payment("stripe/main/pi_5", refund("re_5", NOON, 100, "USD", "PENDING")));
        line(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD");

        assertThat(found()).containsExactly("MISSING_THERE stripe/main/pi_2 pi_2");
    }

    @Test
    void a_report_may_cover_more_than_its_last_line() {
        var asked = matching(new LineChoice(Optional.empty(), Optional.of(Instant.parse(LATER)), Optional.empty()));
        asked.addState(payment("stripe/main/pi_3", captured("pi_3", NEXT_DAY, 100, "USD", null)));
        asked.addLine(moneyLine(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD", "txn_1", 0, ""));
        asked.compare();

        assertThat(findings).extracting(Finding::what).contains(Finding.What.MISSING_THERE);
    }

    @Test
    void only_lines_and_payments_of_the_time_asked_for_are_compared() {
        var asked = matching(new LineChoice(
                Optional.of(Instant.parse(NOON)),
                Optional.of(Instant.parse("2026-09-01T13:00:00Z")),
                Optional.empty()));
        asked.addState(payment("stripe/main/pi_late", captured("pi_late", "2026-09-01T12:30:00Z", 100, "USD", null)));
        var before = lineAt("pi_1", LineKind.CAPTURE, 2500, "2026-09-01T11:59:59Z");
        var first = lineAt("pi_2", LineKind.CAPTURE, 300, NOON);
        var last = lineAt("pi_3", LineKind.CAPTURE, 300, "2026-09-01T13:00:00Z");
        var after = lineAt("pi_4", LineKind.CAPTURE, 300, "2026-09-01T13:00:01Z");
        // settled the next day: it is in the report, though not in that time
        var settled = lineAt("pi_late", LineKind.CAPTURE, 100, NEXT_DAY);
        for (var line : List.of(before, first, last, after, settled)) {
            asked.addLine(line);
        }
        var comparison = asked.compare();

        assertThat(findings)
                .extracting(finding -> finding.what() + " " + finding.id())
                .containsExactly("MISSING_HERE pi_2", "MISSING_HERE pi_3");
        assertThat(comparison.notChosen()).isEqualTo(3);
        assertThat(comparison.matched()).isZero();
        assertThat(comparison.sums()).containsExactly(new Comparison.Sum("MISSING_HERE", "capture", "USD", 2, 600, 0));
        assertThat(asked.missing(before)).isEmpty();
        assertThat(asked.missing(after)).isEmpty();
        assertThat(asked.missing(first)).isPresent();
        assertThat(asked.missing(last)).isPresent();
    }

    @Test
    void a_fact_with_one_line_in_the_time_asked_for_is_compared_whole() {
        var asked = matching(new LineChoice(Optional.of(Instant.parse(NEXT_DAY)), Optional.empty(), Optional.empty()));
        asked.addState(payment("stripe/main/pi_1", captured("pi_1", NOON, 2000, "USD", null)));
        asked.addLine(lineAt("pi_1", LineKind.CAPTURE, 2500, NOON));
        asked.addLine(lineAt("pi_1", LineKind.CAPTURE_REVERSAL, 500, NEXT_DAY));

        var comparison = asked.compare();

        assertThat(findings).isEmpty();
        assertThat(comparison.matched()).isEqualTo(1);
    }

    @Test
    void only_the_lines_and_the_state_of_the_payment_asked_for_are_compared() {
        var asked = matching(new LineChoice(Optional.empty(), Optional.empty(), Optional.of("stripe/main/pi_2")));
        assertThat(asked.accepts("stripe/main/pi_1")).isFalse();
        assertThat(asked.accepts("stripe/main/pi_2")).isTrue();
        var other = lineAt("pi_1", LineKind.CAPTURE, 2500, NOON);
        var own = lineAt("pi_2", LineKind.CAPTURE, 300, NOON);
        asked.addLine(other);
        asked.addLine(own);
        asked.addLine(other);
        asked.addLine(new ParsedLine.Unreadable(9, "date: blank"));
        asked.addLine(new ParsedLine.UnknownType(10, "levy"));

        var comparison = asked.compare();

        assertThat(findings)
                .extracting(finding -> finding.what() + " " + finding.id())
                .containsExactly("MISSING_HERE pi_2");
        assertThat(comparison.notChosen()).isEqualTo(2);
        assertThat(comparison.unread()).isEqualTo(2);
        assertThat(asked.missing(other)).isEmpty();
        assertThat(asked.missing(own)).isPresent();
    }

    @Test
    void amounts_currencies_and_fees_that_differ_are_reported_with_both_sides() {
        matcher.addState(payment("stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null)));
        matcher.addState(payment("stripe/main/pi_2", captured("pi_2", NOON, 2500, "USD", null)));
        matcher.addState(payment("stripe/main/pi_3", captured("pi_3", NOON, 2500, "USD", 100L)));
        line(LineKind.CAPTURE, "pi_1", "pi_1", 2499, "USD");
        line(LineKind.CAPTURE, "pi_2", "pi_2", 2500, "EUR");
        matcher.addLine(moneyLine(LineKind.CAPTURE, "pi_3", "pi_3", 2500, "USD", "txn_fee", 101, "USD"));

        assertThat(found())
                .containsExactly(
                        "AMOUNT_DIFFERS stripe/main/pi_1 pi_1",
                        "CURRENCY_DIFFERS stripe/main/pi_2 pi_2",
                        "FEE_DIFFERS stripe/main/pi_3 pi_3");
        assertThat(findings.get(0).ours()).isEqualTo(2500);
        assertThat(findings.get(0).reported()).isEqualTo(2499);
        assertThat(findings.get(2).ourFee()).isEqualTo(100);
        assertThat(findings.get(2).reportedFee()).isEqualTo(101);
    }

    @Test
    void a_repeated_line_is_reported_and_not_counted() {
        matcher.addState(payment("stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null)));
        var moneyLine = line(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD");
        matcher.addLine(moneyLine);

        assertThat(found()).containsExactly("DUPLICATE_LINE stripe/main/pi_1 pi_1");
        assertThat(findings.get(0).why()).isEqualTo("same as line 1");
    }

    @Test
    void the_newest_state_of_a_payment_counts_and_a_deleted_one_is_missing() {
        matcher.addState(payment("stripe/main/pi_1", captured("pi_1", NOON, 100, "USD", null)));
        matcher.addState(payment("stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null)));
        matcher.addState(payment("stripe/main/pi_2", captured("pi_2", NOON, 100, "USD", null)));
        matcher.removeState("stripe/main/pi_2");
        line(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD");
        line(LineKind.CAPTURE, "pi_2", "pi_2", 100, "USD");

        assertThat(found()).containsExactly("MISSING_HERE stripe/main/pi_2 pi_2");
    }

    @Test
    void a_refund_that_came_back_is_right_with_its_return_or_before_it() {
        matcher.addState(payment("stripe/main/pi_1", refund("re_1", NOON, 500, "USD", "FAILED")));
        matcher.addState(payment("stripe/main/pi_2", refund("re_2", NOON, 500, "USD", "FAILED")));
        matcher.addState(payment("stripe/main/pi_3", refund("re_3", NOON, 500, "USD", "SUCCEEDED")));
        line(LineKind.REFUND, "pi_1", "re_1", 500, "USD");
        line(LineKind.REFUND_REVERSAL, "pi_1", "re_1", 500, "USD");
        line(LineKind.REFUND, "pi_2", "re_2", 500, "USD");
        line(LineKind.REFUND, "pi_3", "re_3", 500, "USD");
        line(LineKind.REFUND_REVERSAL, "pi_3", "re_3", 500, "USD");

        assertThat(found()).containsExactly("AMOUNT_DIFFERS stripe/main/pi_3 re_3");
    }

    @Test
    void a_refund_in_full_without_an_amount_is_right_with_any() {
        var unknown = FactRow.newBuilder(refund("re_1", NOON, 0, "USD", "SUCCEEDED"))
                .setAmount(null)
                .setCurrency(null)
                .build();
        matcher.addState(payment("stripe/main/pi_1", unknown));
        line(LineKind.REFUND, "pi_1", "re_1", 500, "USD");

        assertThat(found()).isEmpty();
    }

    @Test
    void refunds_that_notifications_contain_only_in_total_match_up_to_that_total() {
        matcher.addState(payment(
                "stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null), refundTotal("pi_1", NOON, 700, "USD")));
        matcher.addState(payment(
                "stripe/main/pi_2", captured("pi_2", NOON, 2500, "USD", null), refundTotal("pi_2", NOON, 700, "USD")));
        line(LineKind.CAPTURE, "pi_1", "pi_1", 2500, "USD");
        line(LineKind.CAPTURE, "pi_2", "pi_2", 2500, "USD");
        line(LineKind.REFUND, "pi_1", "re_1", 500, "USD");
        line(LineKind.REFUND, "pi_1", "re_2", 200, "USD");
        line(LineKind.REFUND, "pi_2", "re_3", 701, "USD");

        assertThat(found()).containsExactly("MISSING_HERE stripe/main/pi_2 re_3");
    }

    @Test
    void a_dispute_is_right_while_its_money_is_away_and_once_it_is_back() {
        matcher.addState(payment("stripe/main/pi_1", dispute("dp_1", NOON, 2500, "USD", "OPEN")));
        matcher.addState(payment("stripe/main/pi_2", dispute("dp_2", NOON, 2500, "USD", "WON")));
        matcher.addState(payment("stripe/main/pi_3", dispute("dp_3", NOON, 2500, "USD", "LOST")));
        line(LineKind.DISPUTE, "pi_1", "dp_1", 2500, "USD");
        line(LineKind.DISPUTE, "pi_2", "dp_2", 2500, "USD");
        line(LineKind.DISPUTE_REVERSAL, "pi_2", "dp_2", 2500, "USD");

        assertThat(found()).containsExactly("MISSING_THERE stripe/main/pi_3 dp_3");
    }

    @Test
    void every_finding_is_passed_on_and_the_first_of_each_class_are_kept() {
        for (var i = 0; i < 5; i++) {
            matcher.addLine(new ParsedLine.UnknownType(i + 2, "levy"));
            matcher.addLine(new ParsedLine.Unreadable(i + 20, "date: blank"));
        }
        var comparison = matcher.compare();

        assertThat(findings).hasSize(10);
        assertThat(comparison.examples()).hasSize(4);
        assertThat(comparison.unknownTypes()).isEqualTo(Map.of("levy", 5L));
        assertThat(comparison.count(Finding.What.UNREADABLE_LINE)).isEqualTo(5);
    }

    private MoneyLine lineAt(String payment, LineKind kind, long amount, String at) {
        var incoming = kind.direction() > 0;
        return new MoneyLine(
                ++lines,
                "txn_" + payment + kind,
                kind,
                payment,
                payment,
                new Money(amount, "USD"),
                incoming,
                0,
                "",
                Instant.parse(at),
                Map.of());
    }

    private MoneyLine line(LineKind kind, String payment, String fact, long amount, String currency) {
        var moneyLine = moneyLine(kind, payment, fact, amount, currency, "txn_" + lines, 0, "");
        matcher.addLine(moneyLine);
        return moneyLine;
    }

    private MoneyLine moneyLine(
            LineKind kind, String payment, String fact, long amount, String currency, String id, long fee, String in) {
        return new MoneyLine(
                lines++,
                id,
                kind,
                payment,
                fact,
                new Money(amount, currency),
                kind.direction() > 0,
                fee,
                in,
                Instant.parse(NOON),
                Map.of());
    }

    private List<String> found() {
        matcher.compare();
        return findings.stream()
                .map(finding -> finding.what() + " " + finding.paymentKey() + " " + finding.id())
                .toList();
    }
}
