package ipn.gateway.paddle;

import static ipn.gateway.paddle.PaddleSays.facts;
import static ipn.gateway.paddle.PaddleSays.transaction;
import static ipn.gateway.paddle.PaddleSays.translated;
import static ipn.gateway.paddle.PaddleSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments, one-off and of a subscription. */
class PaddleTransactionsTest {
    private static final Money TOTAL = new Money(864, "USD");
    private static final Fact ORDER = new Fact.Reference(ReferenceName.ORDER, "ord_1");
    private static final String RENEWAL = """
            'subscription_id': 'sub_1', 'origin': 'subscription_recurring',
            'billing_period': {'starts_at': '2026-09-01T12:00:00Z', 'ends_at': '2026-10-01T12:00:00Z'}""";

    @ParameterizedTest
    @CsvSource({
        "created,        draft,     PENDING,  ''",
        "created,        ready,     PENDING,  ''",
        "ready,          ready,     PENDING,  ''",
        "billed,         billed,    PENDING,  ''",
        "updated,        billed,    PENDING,  ''",
        "updated,        past_due,  FAILED,   past_due",
        "past_due,       past_due,  FAILED,   past_due",
        "payment_failed, ready,     FAILED,   ''",
        "canceled,       canceled,  CANCELED, ''",
        "updated,        canceled,  CANCELED, ''"
    })
    void an_attempt_stands_as_the_event_says(String event, String status, AttemptStatus expected, String reason) {
        assertThat(facts("transaction." + event, transaction(status)))
                .containsExactly(new Fact.Attempt("txn_1", expected, reason), ORDER);
    }

    @ParameterizedTest
    @CsvSource({"paid, paid", "completed, completed", "updated, paid", "revised, completed", "created, completed"})
    void money_that_was_taken_is_captured_whatever_tells_it(String event, String status) {
        assertThat(facts("transaction." + event, transaction(status)))
                .containsExactly(new Fact.Captured("txn_1", TOTAL, Optional.empty()), ORDER);
    }

    @Test
    void completion_within_the_instant_of_payment_wins_for_it_knows_the_fee() {
        var completed = transaction("completed").replace("'fee': null", "'fee': '92'");
        assertThat(facts("transaction.completed", completed))
                .contains(new Fact.Captured("txn_1", TOTAL, Optional.of(new Money(92, "USD"))));
        long before = 0;
        for (var event : new String[] {"ready", "payment_failed", "past_due", "canceled", "paid", "completed"}) {
            var sequence = understood("transaction." + event, transaction("?")).sequence();
            assertThat(sequence).as(event).isGreaterThan(before);
            before = sequence;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "billed,         OPEN,   0",
        "payment_failed, FAILED, 0",
        "past_due,       FAILED, 0",
        "canceled,       VOID,   0",
        "paid,           PAID,   864",
        "completed,      PAID,   864"
    })
    void a_subscriptions_transaction_is_a_bill_with_its_period(String event, InvoiceStatus status, long paid) {
        assertThat(facts("transaction." + event, transaction("?", RENEWAL)))
                .contains(new Fact.Invoice(
                        "txn_1",
                        status,
                        Optional.of("paddle/main/sub_1"),
                        TOTAL,
                        new Money(paid, "USD"),
                        Optional.of(Instant.parse("2026-09-01T12:00:00Z")),
                        Optional.of(Instant.parse("2026-10-01T12:00:00Z"))));
    }

    @Test
    void a_first_payment_knows_its_period_before_its_subscription() {
        assertThat(facts("transaction.paid", transaction("paid", RENEWAL.replace("'sub_1'", "null"))))
                .filteredOn(Fact.Invoice.class::isInstance)
                .singleElement()
                .satisfies(invoice ->
                        assertThat(((Fact.Invoice) invoice).subscription()).isEmpty());
    }

    @Test
    void a_change_in_mid_period_is_a_bill_without_a_period() {
        assertThat(facts("transaction.paid", transaction("paid", "'subscription_id': 'sub_1', 'billing_period': null")))
                .contains(new Fact.Invoice(
                        "txn_1",
                        InvoiceStatus.PAID,
                        Optional.of("paddle/main/sub_1"),
                        TOTAL,
                        TOTAL,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void of_several_attempts_the_newest_stands_first_and_says_why() {
        var failed = transaction("past_due").replace("'payments': []", """
                'payments': [{'payment_attempt_id': 'b', 'status': 'error', 'error_code': 'expired_card'},
                 {'payment_attempt_id': 'a', 'status': 'error', 'error_code': 'declined'}]""");
        assertThat(facts("transaction.payment_failed", failed))
                .contains(new Fact.Attempt("txn_1", AttemptStatus.FAILED, "expired_card"));
    }

    @Test
    void a_trials_first_transaction_takes_nothing() {
        assertThat(facts(
                        "transaction.completed",
                        transaction("completed", RENEWAL).replace("'864'", "'0'")))
                .contains(new Fact.Captured("txn_1", new Money(0, "USD"), Optional.empty()))
                .hasAtLeastOneElementOfType(Fact.Invoice.class);
    }

    @ParameterizedTest
    @CsvSource({"JPY, 864", "KRW, 864", "CLP, 864", "VND, 864", "HUF, 864", "TWD, 864", "USD, 864"})
    void amounts_count_the_smallest_unit_as_iso_does(String currency, long units) {
        var event = transaction("paid").replace("'USD'", "'" + currency + "'");
        assertThat(understood("transaction.paid", event).amount()).contains(new Money(units, currency));
    }

    @Test
    void the_catalogues_names_are_those_of_price_and_product_once_each() {
        var item = "{'price': {'id': 'pri_1', 'product_id': 'pro_1'}, 'quantity': 2}";
        var event = transaction("paid", "'items': [" + item + ", " + item + "]");
        assertThat(facts("transaction.paid", event))
                .filteredOn(Fact.Sku.class::isInstance)
                .containsExactly(new Fact.Sku("pri_1"), new Fact.Sku("pro_1"));
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'grand_total': '864'   | 'grand_total': '-1'           | INVALID_AMOUNT",
        "'grand_total': '864'   | 'grand_total': '8.64'         | INVALID_AMOUNT",
        "'grand_total': '864'   | 'grand_total': ' 864'         | INVALID_AMOUNT",
        "'grand_total': '864'   | 'grand_total': ''             | INVALID_AMOUNT",
        "'grand_total': '864'   | 'grand_total': '9007199254740993' | INVALID_AMOUNT",
        "'grand_total': '864'   | 'grand_total': 864            | INVALID_AMOUNT",
        "'grand_total': '864'   | 'grand_total': null           | MISSING_FIELD",
        "'fee': null            | 'fee': 'x'                    | INVALID_AMOUNT",
        "'currency_code': 'USD', 'custom_data' | 'currency_code': 'XXX', 'custom_data' | UNKNOWN_CURRENCY",
        "'currency_code': 'USD', 'custom_data' | 'custom_data'  | MISSING_FIELD",
        "'id': 'txn_1'          | 'id': ''                      | INVALID_ID",
        "'id': 'txn_1'          | 'id': 'txn/1'                 | INVALID_ID",
        "'id': 'txn_1'          | 'id': null                    | MISSING_FIELD",
        "'event_id': 'evt_1'    | 'event_id': 'evt 1'           | INVALID_ID",
        "'order_id': 'ord_1'    | 'order_id': 'a\\u0000'        | INVALID_ID",
        "'2026-09-01T12:00:00.412345Z' | 'today'                | INVALID_TIME",
        "'2026-09-01T12:00:00.412345Z' | '2036-09-01T12:00:00Z' | TIME_OUT_OF_RANGE",
        "'2026-09-01T12:00:00.412345Z' | null                   | MISSING_FIELD",
        "'subscription_id': null | 'subscription_id': 'a b'     | INVALID_ID",
        "'billing_period': null | 'billing_period': {'ends_at': 'x'} | INVALID_TIME",
        "'event_type': 'transaction.updated' | 'event_type': 'x y' | MALFORMED",
        "'status': 'paid'       | 'status': 'brand_new'         | MALFORMED"
    })
    // spotless:on
    void a_field_that_makes_no_sense_is_refused_with_its_reason(String sound, String senseless, Reason reason) {
        var event = PaddleSays.event("transaction.updated", transaction("paid"));
        assertThat(event).contains(sound.strip());
        assertThat(translated(event.replace(sound.strip(), senseless.strip())))
                .isInstanceOfSatisfying(Translation.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(reason);
                    assertThat(refused.detail()).doesNotContain("ord_1", "txn_1", "evt", "8.64", "brand_new");
                });
    }
}
