package ipn.operations.reconcile.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.operations.reconcile.TestReports;
import ipn.operations.reconcile.report.ParsedLine.MoneyLine;
import ipn.operations.reconcile.report.ParsedLine.Unreadable;
import ipn.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files as gateways, spreadsheets and mail programs leave them. */
class ReportFileTest {
    private static final String OWN = """
            reconcile:
              stripe:
                own:
                  delimiter: ";"
                  charset: windows-1252
                  skip-lines: 2
                  decimal-point: ","
                  grouping: "."
                  dates: [dd.MM.yyyy]
                  zone: Europe/Berlin
                  columns: {type: Art, date: Datum, amount: Betrag, currency: Währung, capture-payment: Zahlung,
                            refund-payment: Zahlung, refund-id: Rückzahlung}
                  types: {Zahlung*: capture}
            """;

    private static final String GOOD = "2026-09-01 12:00:00,usd,25.00,charge,ch_1,pi_1,txn_%d\n";
    private static final String HEADER =
            "created_utc,currency,gross,reporting_category,source_id,payment_intent_id,balance_transaction_id\n";

    @Test
    void a_layout_of_ones_own_has_its_delimiter_charset_preamble_decimal_comma_and_dates() {
        var layout = TestReports.layout("stripe", "own", OWN);
        var csv =
                "Bericht;\nvon;bis\nArt;Datum;Betrag;Währung;Zahlung;Rückzahlung\nZahlungseingang;02.09.2026;1.234,56;EUR;pi_1;\n";

        var lines = TestReports.read(csv, TestReports.account("stripe", "main"), layout);

        assertThat(lines).singleElement().satisfies(line -> {
            var money = (MoneyLine) line;
            assertThat(money.line()).isEqualTo(4);
            assertThat(money.amount().minorUnits()).isEqualTo(123_456);
            assertThat(money.at()).isEqualTo("2026-09-01T22:00:00Z");
            assertThat(money.id()).isEqualTo("capture:pi_1:pi_1");
        });
    }

    @Test
    void columns_that_are_not_there_are_named_beside_those_that_are() {
        assertThatThrownBy(() -> stripe("currency,gross,source_id\n"))
                .isInstanceOf(ReportException.class)
                .hasMessageContainingAll(
                        "reporting_category (type)", "created_utc (date)", "found: currency, gross, source_id");
    }

    @Test
    void a_column_the_operator_named_has_to_be_there_even_where_it_need_not() {
        var layout = TestReports.layout(
                "stripe",
                "activity",
                "reconcile: {stripe: {activity: {columns: {order: 'payment_metadata[bestellung]'}}}}");
        assertThatThrownBy(() -> TestReports.read(HEADER, TestReports.account("stripe", "main"), layout))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("payment_metadata[bestellung] (order)");
    }

    @Test
    void a_line_that_makes_no_sense_does_not_hide_the_next() {
        var lines = stripe(HEADER
                + "2026-09-01 12:00:00,usd,25.00\n"
                + "2026-09-01 12:00:00,usd,25.001,charge,ch_1,pi_1,txn_1\n"
                + "2026-09-01 12:00:00,xyz,25.00,charge,ch_1,pi_1,txn_2\n"
                + "yesterday,usd,25.00,charge,ch_1,pi_1,txn_3\n"
                + "2026-09-01 12:00:00,usd,-25.00,charge,ch_1,pi_1,txn_4\n"
                + "2026-09-01 12:00:00,usd,25.00,charge,\"ch 1\",\"pi 1\",txn_5\n"
                + "2026-09-01 12:00:00,usd,25.00,charge,ch_1,pi_1,txn_6,more\n"
                + GOOD.formatted(7));

        assertThat(lines.subList(0, 7)).allMatch(Unreadable.class::isInstance);
        assertThat(lines.subList(0, 7))
                .extracting(line -> ((Unreadable) line).why())
                .satisfiesExactly(
                        why -> assertThat(why).isEqualTo("3 fields (expected: 7, as in the header)"),
                        why -> assertThat(why).contains("more decimals than USD has"),
                        why -> assertThat(why).contains("ISO 4217"),
                        why -> assertThat(why).startsWith("date:"),
                        why -> assertThat(why).contains("money paid (expected for a capture: the other direction"),
                        why -> assertThat(why).startsWith("capture-payment:"),
                        why -> assertThat(why).startsWith("8 fields"));
        assertThat(lines.get(7)).isInstanceOf(MoneyLine.class);
    }

    @Test
    void bytes_of_another_charset_are_no_id() {
        var csv = (HEADER + GOOD.formatted(1).replace("pi_1", "pi_\u00e9")).getBytes(StandardCharsets.ISO_8859_1);
        var layout = TestReports.layout("stripe", "activity", "");
        assertThat(TestReports.read(csv, TestReports.account("stripe", "main"), layout))
                .singleElement()
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void a_quote_that_does_not_end_takes_no_other_line_along_unseen() {
        var lines =
                stripe(HEADER + GOOD.formatted(1) + GOOD.formatted(2).replace("txn_2", "\"txn_2") + GOOD.formatted(3));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isInstanceOf(Unreadable.class);
    }

    @Test
    void a_file_without_a_line_that_names_columns_is_refused() {
        assertThatThrownBy(() -> stripe(""))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("names the columns");
    }

    @Test
    void settings_tell_everything_that_is_wrong_at_once() {
        var wrong = """
                reconcile:
                  stripe:
                    activity: {delimiter: ";;", charset: utf-99, zone: Mars, dates: [bbb], unit: cents, skip-lines: -1,
                               columns: {ammount: x}, types: {charge: money}}
                    own: {columns: {type: Art}}
                """;
        assertThatThrownBy(() -> TestReports.layout("stripe", "activity", wrong))
                .isInstanceOf(SettingsException.class)
                .satisfies(e -> assertThat(((SettingsException) e).problems())
                        .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                        .contains(
                                "reconcile.stripe.activity.delimiter",
                                "reconcile.stripe.activity.charset",
                                "reconcile.stripe.activity.zone",
                                "reconcile.stripe.activity.dates",
                                "reconcile.stripe.activity.unit",
                                "reconcile.stripe.activity.skip-lines",
                                "reconcile.stripe.activity.columns.ammount",
                                "reconcile.stripe.activity.types.charge",
                                "reconcile.stripe.own.columns.date",
                                "reconcile.stripe.own.columns.amount"));
    }

    private static List<ParsedLine> stripe(String csv) {
        return TestReports.read(
                csv, TestReports.account("stripe", "main"), TestReports.layout("stripe", "activity", ""));
    }
}
