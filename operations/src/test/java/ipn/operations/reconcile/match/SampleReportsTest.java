package ipn.operations.reconcile.match;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.operations.reconcile.TestReports;
import ipn.operations.reconcile.report.ParsedLine;
import ipn.operations.reconcile.report.ParsedLine.MoneyLine;
import ipn.operations.reconcile.report.ParsedLine.Skipped;
import ipn.operations.reconcile.report.ParsedLine.UnknownType;
import ipn.operations.reconcile.report.ParsedLine.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the layouts this program brings make of each gateway's reports. */
class SampleReportsTest {
    @Test
    void stripe_names_payment_intents_refunds_and_disputes_in_the_currency_of_the_payer() {
        var lines = TestReports.sample("stripe-activity.csv", "stripe", "main", "activity");

        assertThat(moneyLine(lines))
                .containsExactly(
                        "2 CAPTURE pi_1 pi_1 2500 USD fee 103 USD 2026-09-01T12:00:03Z",
                        "3 CAPTURE pi_2 pi_2 2000 EUR fee 93 USD 2026-09-01T12:10:00Z",
                        "4 REFUND pi_1 re_1 1000 USD fee 0 USD 2026-09-02T08:00:00Z",
                        "5 CAPTURE ch_4 ch_4 1000 JPY fee 36 JPY 2026-09-02T09:00:00Z",
                        "6 DISPUTE pi_2 dp_1 2000 EUR fee 1500 USD 2026-09-03T09:00:00Z",
                        "7 FEE   200 USD fee 0 USD 2026-09-03T10:00:00Z",
                        "8 PAYOUT   4000 USD fee 0 USD 2026-09-04T00:00:00Z");
        assertThat(((MoneyLine) lines.get(0)).references())
                .isEqualTo(Map.of(ReferenceName.ORDER, "o_1", ReferenceName.SUBJECT, "u_42"));
        assertThat(((MoneyLine) lines.get(0)).id()).isEqualTo("txn_1");
        assertThat(lines.get(7)).isEqualTo(new UnknownType(9, "climate_order_purchase"));
        assertThat(lines.get(8)).isEqualTo(new Unreadable(10, "gross: not a number in the format of the settings"));
    }

    @Test
    void paypals_activity_names_transactions_and_what_they_refer_to() {
        for (var gateway : List.of("paypal", "paypal-ipn")) {
            var lines = TestReports.sample("paypal-activity.csv", gateway, "main", "activity");

            assertThat(moneyLine(lines))
                    .containsExactly(
                            "2 CAPTURE 8AB12345CD678901E 8AB12345CD678901E 102500 USD fee 3627 USD 2026-09-01T12:00:00Z",
                            "4 REFUND 8AB12345CD678901E 9RF12345CD678901E 2500 USD fee -30 USD 2026-09-02T12:00:00Z",
                            "5 DISPUTE 8AB12345CD678901E 8AB12345CD678901E 100000 USD fee 0 USD 2026-09-03T12:00:00Z",
                            "6 PAYOUT   1000 USD fee 0 USD 2026-09-04T12:00:00Z");
            assertThat(lines.get(1)).isEqualTo(new Skipped(3));
        }
    }

    @Test
    void paypals_settlement_report_counts_its_smallest_units_and_marks_its_lines() {
        var lines = TestReports.sample("paypal-settlement.csv", "paypal", "main", "settlement");

        assertThat(moneyLine(lines))
                .containsExactly(
                        "5 CAPTURE 8AB12345CD678901E 8AB12345CD678901E 2500 USD fee 118 USD 2026-09-01T12:00:00Z",
                        // PayPal takes forints without decimals; ours have two, by ISO 4217
                        "6 CAPTURE 8AB12345CD678902E 8AB12345CD678902E 100000 HUF fee 5000 HUF 2026-09-01T12:30:00Z",
                        "7 REFUND 8AB12345CD678901E 9RF12345CD678901E 1000 USD fee -30 USD 2026-09-01T13:00:00Z");
        assertThat(lines).filteredOn(Skipped.class::isInstance).hasSize(8);
    }

    @Test
    void adyens_lines_bear_the_ids_that_the_accounts_notifications_bear() {
        assertThat(moneyLine(TestReports.sample("adyen-settlement.csv", "adyen", "main", "settlement")))
                .containsExactly(
                        "2 CAPTURE 8835511210681324 8835511210681324 2500 EUR fee 54 EUR 2026-09-01T12:00:00Z",
                        "3 REFUND 8835511210681324 8835511210700001 1000 EUR fee 10 EUR 2026-09-02T12:00:00Z",
                        "4 DISPUTE 8835511210681324 8835511210800001 1500 EUR fee 750 EUR 2026-09-03T12:00:00Z",
                        "5 FEE   120 EUR no fee 2026-09-03T21:00:00Z",
                        "6 PAYOUT   66 EUR no fee 2026-09-03T23:00:00Z");
        assertThat(moneyLine(TestReports.sample("adyen-settlement.csv", "adyen", "manual", "settlement")))
                .first()
                .isEqualTo("2 CAPTURE 8835511210681324 8835511210689965 2500 EUR fee 54 EUR 2026-09-01T12:00:00Z");
    }

    private static List<String> moneyLine(List<ParsedLine> lines) {
        return lines.stream()
                .filter(MoneyLine.class::isInstance)
                .map(line -> shown((MoneyLine) line))
                .toList();
    }

    private static String shown(MoneyLine moneyLine) {
        Money amount = moneyLine.amount();
        Instant at = moneyLine.at();
        return "%d %s %s %s %d %s %s %s"
                .formatted(
                        moneyLine.line(),
                        moneyLine.kind(),
                        moneyLine.payment(),
                        moneyLine.fact(),
                        amount.minorUnits(),
                        amount.currency(),
                        moneyLine.feeCurrency().isEmpty()
                                ? "no fee"
                                : "fee " + moneyLine.fee() + " " + moneyLine.feeCurrency(),
                        at);
    }
}
