package ipn.gateway.googleplay;

import static ipn.gateway.googleplay.Documents.ORDER;
import static ipn.gateway.googleplay.Documents.PROCESSED;
import static ipn.gateway.googleplay.Documents.document;
import static ipn.gateway.googleplay.Documents.facts;
import static ipn.gateway.googleplay.Documents.translated;
import static ipn.gateway.googleplay.Documents.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The money of purchases. */
class OrdersTest {
    private static final String ID = "GPA.1234-5678-9012-34567";
    private static final Money PAID = new Money(800, "USD");
    private static final Fact CAPTURED = new Fact.Captured(ID, PAID, Optional.empty());
    private static final Fact.Line LINE = Fact.Line.of(List.of("premium_monthly", "premium_monthly:monthly"), 1, 800)
            .withPeriod(
                    Optional.of(Instant.parse("2026-09-01T12:00:00Z")),
                    Optional.of(Instant.parse("2026-10-01T12:00:00Z")));
    private static final Fact BILL = new Fact.Invoice(
                    ID,
                    InvoiceStatus.PAID,
                    Optional.of("google-play/main/tok_new"),
                    PAID,
                    PAID,
                    LINE.from(),
                    LINE.until())
            .with(new Fact.Breakdown(InvoiceReason.FIRST, 0, 0, 0, List.of(LINE)));
    private static final String PARTS = """
            'orderHistory': {'partialRefundEvents': [
              {'state': 'PROCESSED_SUCCESSFULLY', 'refundDetails': {'total': {'currencyCode': 'USD', 'units': '1', 'nanos': 500000000}}},
              {'state': 'PROCESSED_SUCCESSFULLY', 'refundDetails': {'total': {'currencyCode': 'USD', 'units': '2'}}},
              {'state': 'PENDING', 'refundDetails': {'total': {'currencyCode': 'USD', 'units': '3'}}}], 'refundEvent': {}},""";

    @Test
    void an_order_is_money_taken_and_what_it_paid_for() {
        assertThat(money(PROCESSED)).containsExactly(CAPTURED, BILL);
        assertThat(Documents.paymentIds(ORDER, PROCESSED)).containsExactly("tok_new");
        assertThat(understood(document(ORDER, PROCESSED), 0).occurredAt())
                .isEqualTo(Instant.parse("2026-09-01T12:00:00.250Z"));
    }

    @Test
    void what_was_not_taken_is_an_attempt() {
        assertThat(money(state("PENDING"))).containsExactly(new Fact.Attempt(ID, AttemptStatus.PENDING, ""));
        assertThat(money(state("CANCELED"))).containsExactly(new Fact.Attempt(ID, AttemptStatus.CANCELED, ""));
    }

    @Test
    void a_refund_that_was_only_asked_for_has_given_nothing_back() {
        assertThat(money(state("PENDING_REFUND"))).containsExactly(CAPTURED, BILL);
    }

    @Test
    void parts_given_back_add_up_once_they_went_through() {
        assertThat(money(parts("PARTIALLY_REFUNDED")))
                .containsExactly(CAPTURED, BILL, new Fact.RefundTotal(ID, new Money(350, "USD")));
    }

    @Test
    void all_given_back_is_the_total_whatever_the_parts() {
        assertThat(money(parts("REFUNDED"))).containsExactly(CAPTURED, BILL, new Fact.RefundTotal(ID, PAID));
        assertThat(money(state("REFUNDED"))).containsExactly(CAPTURED, BILL, new Fact.RefundTotal(ID, PAID));
    }

    @Test
    void what_the_bank_took_back_is_a_lost_dispute_and_no_refund_beside_it() {
        var chargeback =
                parts("REFUNDED").replace("'refundEvent': {}", "'refundEvent': {'refundReason': 'CHARGEBACK'}");
        assertThat(money(chargeback))
                .containsExactly(
                        CAPTURED,
                        BILL,
                        new Fact.RefundTotal(ID, new Money(350, "USD")),
                        new Fact.Dispute(ID, Optional.of(new Money(450, "USD")), DisputeStatus.LOST, "chargeback"));
        assertThat(money(chargeback.replace("PROCESSED_SUCCESSFULLY", "PENDING")))
                .contains(new Fact.Dispute(ID, Optional.of(PAID), DisputeStatus.LOST, "chargeback"))
                .noneMatch(Fact.RefundTotal.class::isInstance);
    }

    @Test
    void states_of_one_instant_have_an_order() {
        var ranks = Stream.of("PENDING", "CANCELED", "PROCESSED", "PENDING_REFUND", "PARTIALLY_REFUNDED", "REFUNDED")
                .map(state -> understood(document(ORDER, state(state)), 0).sequence())
                .toList();
        assertThat(ranks).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_one_time_order_is_billed_without_a_period() {
        var once = PROCESSED.replace("'subscriptionDetails'", "'x'");
        assertThat(money(once))
                .containsExactly(
                        CAPTURED,
                        new Fact.Invoice(
                                        ID,
                                        InvoiceStatus.PAID,
                                        Optional.empty(),
                                        PAID,
                                        PAID,
                                        Optional.of(Instant.parse("2026-09-01T12:00:00.250Z")),
                                        Optional.empty())
                                .with(new Fact.Breakdown(
                                        InvoiceReason.MANUAL,
                                        0,
                                        0,
                                        0,
                                        List.of(Fact.Line.of(List.of("premium_monthly"), 1, 800)))));
    }

    @Test
    void tax_on_top_is_money_taken_and_no_part_of_the_price() {
        var taxed = PROCESSED
                .replace(
                        "'total': {'currencyCode': 'USD', 'units': '8'}, 'tax': {'currencyCode': 'USD'}",
                        "'total': {'currencyCode': 'USD', 'units': '8', 'nanos': 660000000}, 'tax': {'currencyCode': 'USD', 'nanos': 660000000}")
                .replace("'createTime'", "'orderDetails': {'taxInclusive': %s}, 'createTime'");
        assertThat(paid(taxed.formatted("false"))).isEqualTo(PAID);
        assertThat(paid(taxed.formatted("true"))).isEqualTo(new Money(866, "USD"));
        assertThat(paid(taxed.formatted("null"))).isEqualTo(new Money(866, "USD"));
        assertThat(money(taxed.formatted("false")))
                .contains(new Fact.Captured(ID, new Money(866, "USD"), Optional.empty()));
    }

    // spotless:off
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'currencyCode': 'USD', 'units': '8', 'nanos': 990000000}  | 899   | USD",
        "{'currencyCode': 'USD', 'units': 8}                        | 800   | USD",
        "{'currencyCode': 'USD', 'nanos': 10000000}                 | 1     | USD",
        "{'currencyCode': 'USD'}                                    | 0     | USD",
        "{'currencyCode': 'JPY', 'units': '980'}                    | 980   | JPY",
        "{'currencyCode': 'KWD', 'units': '2', 'nanos': 345000000}  | 2345  | KWD",
        "{'currencyCode': 'IDR', 'units': '129000'}                 | 12900000 | IDR",
        "{'currencyCode': 'ISK', 'units': '990'}                    | 990   | ISK"
    })
    // spotless:on
    void money_is_exact_in_every_currency(String total, long minorUnits, String currency) {
        assertThat(understood(document(ORDER, total(total)), 0).amount()).contains(new Money(minorUnits, currency));
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'currencyCode': 'USD', 'units': '8', 'nanos': 995000000}  | WRONG_EXPONENT",
        "{'currencyCode': 'JPY', 'units': '8', 'nanos': 10000000}   | WRONG_EXPONENT",
        "{'currencyCode': 'USD', 'units': '8.00'}                   | INVALID_AMOUNT",
        "{'currencyCode': 'USD', 'units': '8', 'nanos': 1000000000} | INVALID_AMOUNT",
        "{'currencyCode': 'USD', 'units': '8', 'nanos': -10000000}  | INVALID_AMOUNT",
        "{'currencyCode': 'USD', 'units': '-8'}                     | INVALID_AMOUNT",
        "{'currencyCode': 'USD', 'units': '999999999999999999'}     | INVALID_AMOUNT",
        "{'currencyCode': 'USD', 'units': {}}                       | INVALID_AMOUNT",
        "{'currencyCode': 'XXX', 'units': '8'}                      | UNKNOWN_CURRENCY",
        "{'currencyCode': '', 'units': '8'}                         | UNKNOWN_CURRENCY",
        "{'units': '8'}                                             | MISSING_FIELD",
        "'8 USD'                                                    | MISSING_FIELD",
        "null                                                       | MISSING_FIELD"
    })
    // spotless:on
    void money_that_is_none_is_refused(String total, Reason reason) {
        assertThat(refusal(total(total))).isEqualTo(reason);
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'purchaseToken': 'tok_new'                     | 'x': 1                  | MISSING_FIELD",
        "'purchaseToken': 'tok_new'                     | 'purchaseToken': 'a b'  | INVALID_ID",
        "'orderId': 'GPA.1234-5678-9012-34567'          | 'x': 1                  | MISSING_FIELD",
        "'orderId': 'GPA.1234-5678-9012-34567'          | 'orderId': 'a/b'        | INVALID_ID",
        "'state': 'PROCESSED'                           | 'state': 'BRAND_NEW'    | MALFORMED",
        "'state': 'PROCESSED'                           | 'x': 1                  | MISSING_FIELD",
        "'lastEventTime': '2026-09-01T12:00:00.250Z'    | 'lastEventTime': 'now'  | INVALID_TIME",
        "'lastEventTime': '2026-09-01T12:00:00.250Z'    | 'lastEventTime': '2036-09-01T12:00:00Z' | TIME_OUT_OF_RANGE",
        "'servicePeriodEndTime': '2026-10-01T12:00:00Z' | 'servicePeriodEndTime': '9999-10-01T12:00:00Z' | TIME_OUT_OF_RANGE"
    })
    // spotless:on
    void an_order_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        assertThat(PROCESSED).contains(sound.strip());
        assertThat(refusal(PROCESSED.replace(sound.strip(), senseless.strip()))).isEqualTo(reason);
    }

    @Test
    void an_order_that_names_no_purchase_stands_alone() {
        assertThat(Documents.paymentIds(ORDER, PROCESSED.replace("'purchaseToken'", "'x'")))
                .containsExactly(ID);
    }

    @Test
    void the_same_order_seen_because_of_two_notifications_is_one_event() {
        var account = Documents.account();
        var at = Instant.parse("2026-09-05T00:00:00Z");
        assertThat(account.identify(document(ORDER, PROCESSED, at)))
                .isEqualTo(account.identify(document(ORDER, PROCESSED)));
        assertThat(understood(document(ORDER, PROCESSED, at), 0)).isEqualTo(understood(document(ORDER, PROCESSED), 0));
    }

    private static String state(String state) {
        return PROCESSED.replace("'PROCESSED'", "'" + state + "'");
    }

    private static String parts(String state) {
        return state(state).replace("'orderHistory': {", PARTS + "'x': {");
    }

    private static String total(String total) {
        return PROCESSED.replace(
                "'total': {'currencyCode': 'USD', 'units': '8'}, 'tax'", "'total': " + total.strip() + ", 'tax'");
    }

    private static Money paid(String json) {
        return money(json).stream()
                .filter(Fact.Invoice.class::isInstance)
                .map(invoice -> ((Fact.Invoice) invoice).paid())
                .findFirst()
                .orElseThrow();
    }

    private static List<Fact> money(String json) {
        return facts(ORDER, json).stream()
                .filter(fact -> !(fact instanceof Fact.Sku))
                .toList();
    }

    private static Reason refusal(String json) {
        return ((Translation.Refused) translated(document(ORDER, json), 0)).reason();
    }
}
