package ipn.gateway.coinbase;

import static ipn.gateway.coinbase.CoinbaseSays.charge;
import static ipn.gateway.coinbase.CoinbaseSays.chargeThat;
import static ipn.gateway.coinbase.CoinbaseSays.event;
import static ipn.gateway.coinbase.CoinbaseSays.facts;
import static ipn.gateway.coinbase.CoinbaseSays.translated;
import static ipn.gateway.coinbase.CoinbaseSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commerce's charges. */
class CoinbaseChargesTest {
    private static final Translation NOTHING_CAME = new Translation.Refused(
            Reason.MISSING_FIELD,
            "/event/data/payments: no sum (expected: a confirmed payment, its local value in the currency of the price)");

    @ParameterizedTest
    @ValueSource(strings = {"charge:created", "charge:pending"})
    void what_is_on_its_way_is_pending(String type) {
        assertThat(facts(type, chargeThat("'PENDING'")))
                .containsExactly(new Fact.Attempt("CODE", AttemptStatus.PENDING, ""));
    }

    @Test
    void what_came_is_summed_over_its_payments() {
        assertThat(facts("charge:confirmed", charge("10.00", "15.00"))).containsExactly(captured(2500));
        assertThat(facts("charge:confirmed", charge("12.495", "12.505"))).containsExactly(captured(2500));
        assertThat(facts("charge:confirmed", charge("30.00"))).containsExactly(captured(3000));
    }

    @Test
    void no_charge_has_a_line_a_discount_or_a_trial() {
        var described =
                charge("25.00").replace("'payments'", "'name': 'Premium', 'description': 'A month', 'payments'");
        assertThat(facts("charge:confirmed", described)).containsExactly(captured(2500));
    }

    @Test
    void a_confirmed_charge_that_got_too_little_is_held() {
        assertThat(facts("charge:confirmed", charge("24.99")))
                .containsExactly(captured(2499), new Fact.FraudFlag("CODE", true, "underpaid"));
    }

    @Test
    void where_no_payment_is_listed_coinbases_word_that_it_is_confirmed_counts() {
        assertThat(facts("charge:confirmed", charge())).containsExactly(captured(2500));
        assertThat(facts("charge:confirmed", charge().replace("'payments'", "'x'")))
                .containsExactly(captured(2500));
        assertThat(translated(event("charge:resolved", charge()))).isEqualTo(NOTHING_CAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{'status': 'CONFIRMED', 'value': {}}]",
                "[{'status': 'CONFIRMED', 'value': {'local': {'amount': '23.00', 'currency': 'EUR'}}}]",
                "[{'status': 'PENDING', 'value': {'local': {'amount': '1.00', 'currency': 'USD'}}}]"
            })
    void what_was_asked_for_is_never_taken_for_what_came(String payments) {
        var charge =
                chargeThat("'UNRESOLVED', 'context': 'UNDERPAID'").replace("'payments': []", "'payments': " + payments);
        assertThat(translated(event("charge:confirmed", charge))).isEqualTo(NOTHING_CAME);
        assertThat(translated(event("charge:resolved", charge))).isEqualTo(NOTHING_CAME);
        assertThat(facts("charge:delayed", charge)).containsExactly(new Fact.FraudFlag("CODE", true, "underpaid"));
    }

    @Test
    void a_charge_without_a_price_is_worth_what_came() {
        var donation = charge("5.00").replace("'pricing'", "'x'");
        assertThat(facts("charge:confirmed", donation)).containsExactly(captured(500));
        assertThat(translated(event("charge:confirmed", charge().replace("'pricing'", "'x'"))))
                .isEqualTo(new Translation.Refused(Reason.MISSING_FIELD, "/event/data/pricing/local: missing"));
    }

    @ParameterizedTest
    @CsvSource({"25.00, 2500, delayed", "10.00, 1000, underpaid"})
    void what_came_late_is_held_until_it_is_resolved(String came, long cents, String reason) {
        var late = chargeThat("'UNRESOLVED', 'context': 'DELAYED'", came);
        assertThat(facts("charge:delayed", late))
                .containsExactly(captured(cents), new Fact.FraudFlag("CODE", true, reason));
        assertThat(facts("charge:resolved", chargeThat("'RESOLVED'", came)))
                .contains(captured(cents))
                .filteredOn(Fact.FraudFlag.class::isInstance)
                .singleElement()
                .satisfies(flag -> assertThat(((Fact.FraudFlag) flag).raised()).isFalse());
    }

    @Test
    void a_late_payment_not_yet_confirmed_only_raises_the_flag() {
        assertThat(facts("charge:delayed", chargeThat("'UNRESOLVED', 'context': 'DELAYED'")))
                .containsExactly(new Fact.FraudFlag("CODE", true, "delayed"));
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, EXPIRED", "CANCELED, CANCELED", "UNRESOLVED, FAILED", "SIGNED, FAILED"})
    void a_failed_charge_says_how_it_ended(String status, AttemptStatus expected) {
        assertThat(facts("charge:failed", chargeThat("'" + status + "'")))
                .containsExactly(new Fact.Attempt("CODE", expected, ""));
    }

    @Test
    void a_failed_charge_that_got_something_holds_money() {
        assertThat(facts("charge:failed", chargeThat("'UNRESOLVED', 'context': 'UNDERPAID'", "10.00")))
                .containsExactly(
                        captured(1000),
                        new Fact.Attempt("CODE", AttemptStatus.FAILED, "underpaid"),
                        new Fact.FraudFlag("CODE", true, "underpaid"));
    }

    @Test
    void of_one_second_the_furthest_step_counts() {
        long before = 0;
        for (var step : new String[] {"created", "pending", "failed", "delayed", "confirmed", "resolved"}) {
            var sequence = understood(event("charge:" + step, charge("25.00"))).sequence();
            assertThat(sequence).as(step).isGreaterThan(before);
            before = sequence;
        }
    }

    @Test
    void the_inner_id_is_the_event_and_the_code_the_payment_whatever_the_outer_id() {
        var item = new Item(0, "coinbase/main/CODE", "coinbase/main/e_1", "charge:confirmed");
        var body = event("charge:confirmed", charge("25.00"));
        assertThat(CoinbaseSays.item(body)).isEqualTo(item);
        assertThat(CoinbaseSays.item(body.replace("'id': 7", "'id': 'd_2'").replace("'attempt_number': 1", "'a': 2")))
                .isEqualTo(item);
        assertThat(CoinbaseSays.item(body.replace("'code': 'CODE'", "'code': null"))
                        .paymentKey())
                .isEqualTo("coinbase/main/c_1");
    }

    @Test
    void a_dollar_coin_is_a_dollar() {
        assertThat(facts("charge:confirmed", charge("25.00").replace("'USD'", "'USDC'")))
                .containsExactly(captured(2500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'amount': '25.00'   | 'amount': '-1.00'        | INVALID_AMOUNT",
                "'amount': '25.00'   | 'amount': '1e3'          | INVALID_AMOUNT",
                "'amount': '25.00'   | 'amount': ''             | INVALID_AMOUNT",
                "'amount': '25.00'   | 'amount': 25             | INVALID_AMOUNT",
                "'amount': '25.00'   | 'amount': null           | MISSING_FIELD",
                "'amount': '25.00'   | 'amount': '25.001'       | WRONG_EXPONENT",
                "'currency': 'USD'   | 'currency': 'ETH'        | UNKNOWN_CURRENCY",
                "'currency': 'USD'   | 'x': 1                   | MISSING_FIELD",
                "'code': 'CODE'      | 'code': 'a b'            | INVALID_ID",
                "'id': 'e_1'         | 'id': ''                 | INVALID_ID",
                "'id': 'e_1'         | 'id': null               | MISSING_FIELD",
                "'created_at': '2026 | 'created_at': 'x2026     | INVALID_TIME",
                "'created_at': '2026 | 'created_at': '2056      | TIME_OUT_OF_RANGE",
                "'type': 'charge:confirmed' | 'type': 'a b'     | MALFORMED"
            })
    void what_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var body = event("charge:confirmed", charge("25.00"));
        assertThat(body).contains(sound.strip());
        assertThat(translated(body.replace(sound.strip(), senseless.strip())))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void other_types_are_ignored_by_name() {
        assertThat(translated(event("invoice:paid", "{}"))).isEqualTo(new Translation.Ignored("invoice:paid"));
    }

    private static Fact captured(long cents) {
        return new Fact.Captured("CODE", new Money(cents, "USD"), Optional.empty());
    }
}
